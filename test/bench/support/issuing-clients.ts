/**
 * Commands that have certificates issued, each client's as its documentation has them: ours for all in one process, lego
 * and certbot for one after the other. All write to the same name server: ours through the API of Edge DNS, the others by
 * a hook that uses the sandbox's own door, which costs less.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Pebble } from "../../support/pebble";
import { nameServersOf } from "../../support/provider-world";
import type { SandboxPlaces } from "./sandbox-program";

export const issuingClients = ["lego", "certbot", "ours"] as const;

export type IssuingClient = (typeof issuingClients)[number];

/** Lines of shell for certificates, each given by its names. */
export type CommandsFor = (certificates: readonly (readonly string[])[]) => readonly string[];

/** Configuration, hooks and state are kept in the folder. */
export function prepareClients(
  folder: string,
  places: SandboxPlaces,
  { directoryUrl, ca }: Pebble,
): Readonly<Record<IssuingClient, CommandsFor>> {
  const file = (name: string, text: string, mode = 0o600) => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode });
    return path;
  };
  const nameServers = nameServersOf(places);
  const caFile = file("ca.pem", ca);
  const ours = [process.execPath, join(__dirname, "order-certificates.js"), file("manage-certs.yaml", config())];
  const lego = [
    `LEGO_CA_CERTIFICATES=${caFile} EXEC_PATH=${file("lego-hook", legoHook(places.txtUrl), 0o700)}`,
    `EXEC_PROPAGATION_TIMEOUT=5 EXEC_POLLING_INTERVAL=1 EXEC_SEQUENCE_INTERVAL=0 lego --path ${folder}/lego --server ${directoryUrl}`,
    `--email bench@example.gov --accept-tos --dns exec --dns.resolvers ${nameServers[0]} --dns.disable-cp -k ec256`,
  ];
  const certbotHookFile = file("certbot-hook", certbotHook(places.txtUrl), 0o700);
  const certbot = [
    `REQUESTS_CA_BUNDLE=${caFile} certbot certonly -q --non-interactive --server ${directoryUrl}`,
    `--agree-tos -m bench@example.gov --no-eff-email --key-type ecdsa --elliptic-curve secp256r1`,
    `--config-dir ${folder}/certbot --work-dir ${folder}/certbot --logs-dir ${folder}/certbot --manual`,
    `--preferred-challenges dns --manual-auth-hook ${certbotHookFile} --manual-cleanup-hook ${certbotHookFile}`,
  ];
  return {
    ours: (certificates) => [[...ours, ...certificates.map((names) => names.join())].join(" ")],
    lego: (certificates) => certificates.map((names) => [...lego, ...domains(names), "run"].join(" ")),
    certbot: (certificates) => certificates.map((names) => [...certbot, ...domains(names)].join(" ")),
  };

  /** JSON is YAML. What is not said keeps its default, such as four certificates at once. */
  function config(): string {
    return JSON.stringify({
      zones: [{ name: "example.gov" }],
      issuers: [{ name: "pebble", directoryUrl, caFile }],
      edgeDns: { edgerc: places.files.edgerc, caFile: places.files.edgeDnsCaFile },
      nameServers,
    });
  }
}

const domains = (names: readonly string[]) => names.map((name) => `-d ${name}`);

/** Called with `present` or `cleanup`, the name with a dot at its end, and the value. */
function legoHook(txtUrl: string): string {
  return `#!/bin/sh
[ "$1" = present ] && value="\\"$3\\""
exec curl -sf -d "{\\"name\\":\\"\${2%.}\\",\\"values\\":[$value]}" ${txtUrl}
`;
}

/** For both of certbot's hooks: only the second one is told what the first one wrote. */
function certbotHook(txtUrl: string): string {
  return `#!/bin/sh
[ -z "\${CERTBOT_AUTH_OUTPUT+set}" ] && value="\\"$CERTBOT_VALIDATION\\""
exec curl -sf -d "{\\"name\\":\\"_acme-challenge.$CERTBOT_DOMAIN\\",\\"values\\":[$value]}" ${txtUrl}
`;
}
