import type { IncomingMessage, ServerResponse } from "node:http";
import type { AcmeCaContext } from "../acme-ca-context";
import { signRevocationList } from "../issuing/sign-revocation-list";

/** Answers where the certificates say that lists of revoked ones are, over plain HTTP. */
export async function serveRevocationList(
  context: AcmeCaContext,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const verdict = await context.settings.gate.enter({ part: "acme", operation: "revocationList" });
  if (verdict !== "serve") return void incoming.socket.destroy();
  const list = revocationList(context, Number(/^\/revoked\/(\d)\.crl$/.exec(incoming.url ?? "")?.[1]));
  if (list === undefined) return void outgoing.writeHead(404).end();
  outgoing.writeHead(200, { "content-type": "application/pkix-crl", "content-length": list.length }).end(list);
}

/** DER. Undefined where there is no intermediate with this number. */
export function revocationList(
  { hierarchy, store, faults, settings }: AcmeCaContext,
  number: number,
): Buffer | undefined {
  const intermediate = hierarchy.intermediates[number];
  if (intermediate === undefined) return undefined;
  const asOf = new Date(settings.clock.now().getTime() - faults.revocationListAgeMs);
  const issuedByIt = `${intermediate.keyId.toString("base64url")}.`;
  const entries = [...store.certificates.values()].flatMap(({ serial, certId, revocation }) =>
    revocation !== undefined && revocation.at <= asOf && certId.startsWith(issuedByIt)
      ? [{ serial, ...revocation }]
      : [],
  );
  return signRevocationList(entries, intermediate, asOf);
}
