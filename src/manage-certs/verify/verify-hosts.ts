import { isIP } from "node:net";
import { mapLimited } from "../../platform/map-limited";
import { addressesOf } from "../../rollout/addresses-of";
import { shakeHandsWith, type HandshakeOptions } from "../scan/observe-wire";
import { checkHandshake } from "./check-handshake";
import type { HostTarget } from "./choose-targets";
import type { VerifiedHandshake, VerifiedTarget } from "./verification";

/** A handshake with every address of each host, as a client makes it that asks for that host. Errors: `aborted` alone. */
export function verifyHosts(
  hosts: readonly HostTarget[],
  options: HandshakeOptions,
  signal?: AbortSignal,
): Promise<VerifiedTarget[]> {
  const { concurrency = 32 } = options;
  return mapLimited(hosts, concurrency, async ({ host, port }) => {
    const handshakes = await verifyHost({ host, port }, options, signal);
    const problems = handshakes.flatMap((each) => each.problems);
    return { name: `${host}:${port}`, state: problems.length > 0 ? "wrong" : "good", handshakes, problems } as const;
  });
}

async function verifyHost(
  { host, port }: HostTarget,
  options: HandshakeOptions,
  signal: AbortSignal | undefined,
): Promise<VerifiedHandshake[]> {
  // RFC 6066 3: an address is no server name
  const serverName = isIP(host) === 0 ? host : undefined;
  const addresses = await addressesOf({ hostName: host, names: [], port }, options);
  if (typeof addresses === "string")
    return [checkHandshake({ address: host, port, serverName, outcome: { state: "unreachable", why: addresses } })];
  return Promise.all(
    addresses.map(async (address) => {
      const outcome = await shakeHandsWith({ ...address, serverName }, options, signal);
      return checkHandshake({ address: address.host, port: address.port, serverName, outcome });
    }),
  );
}
