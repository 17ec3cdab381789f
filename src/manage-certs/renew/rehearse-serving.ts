/**
 * Serves a certificate that nobody has yet to ourselves, on loopback, and looks at it as clients will: what they would
 * refuse, such as a chain to a root that they do not trust, is known before any of them gets it. An import under the
 * same ARN reaches every listener at once, and cannot be taken back.
 */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:tls";
import { chainPem } from "../../certificates/certificate-chain";
import type { IssuedCertificate } from "../../issuance/issue-certificate";
import { AppError } from "../../platform/errors";
import { lookAtHandshake } from "../../rollout/look-at-handshake";
import type { ProveParts, ServingPlace } from "./prove-serving";

/** Errors: `certificate_mismatch` where clients of one of the places would refuse it. */
export async function rehearseServing(
  { chain, key }: IssuedCertificate,
  places: readonly ServingPlace[],
  { handshakes, signal }: Pick<ProveParts, "handshakes" | "signal">,
): Promise<void> {
  const server = createServer({ cert: chainPem(chain), key: key.toPkcs8Pem() }, (socket) =>
    socket.on("error", () => socket.destroy()).resume(),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { port } = server.address() as AddressInfo;
    for (const serverName of new Set(places.map((place) => place.serverName))) {
      const target = { host: "127.0.0.1", port, serverName, timeoutMs: handshakes.timeoutMs, signal };
      const { refusal } = await lookAtHandshake(target, handshakes.trust);
      if (refusal !== undefined) throw refused(chain.leaf.serial, refusal);
    }
  } finally {
    await closed(server);
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function refused(serial: string, refusal: string): AppError {
  return new AppError(
    "certificate_mismatch",
    `the CA delivered a certificate that clients would refuse: ${refusal}; it was put nowhere`,
    {
      hint: "if clients do trust its root, say so with verify.roots; else tell the CA",
      facts: { serial },
    },
  );
}
