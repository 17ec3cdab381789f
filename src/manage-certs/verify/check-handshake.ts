import { date } from "../findings/words";
import type { ScannedCertificate, WireObservation } from "../scan/estate";
import type { Problem, VerifiedHandshake } from "./verification";

type Observed = Omit<WireObservation, "point">;

/**
 * One handshake against what should be served there. That the server has the key of what it shows, the handshake itself
 * proves (RFC 8446 4.4.3); that it is the one attached, the serial.
 */
export function checkHandshake(
  { address, port, serverName, outcome }: Observed,
  expected?: Pick<ScannedCertificate, "arn" | "serial" | "notAfter">,
): VerifiedHandshake {
  const handshake = { address, port, serverName, outcome, expectedArn: expected?.arn };
  const where = `${address}:${port} ${serverName === undefined ? "without a name" : `for ${serverName}`}`;
  if (outcome.state === "unreachable")
    return { ...handshake, problems: [{ kind: "unreachable", message: `no handshake with ${where}: ${outcome.why}` }] };
  const problems: Problem[] = [];
  const [leaf] = outcome.chain;
  if (outcome.refusal !== undefined)
    problems.push({ kind: "refused", message: `clients refuse what ${where} serves: ${outcome.refusal}` });
  if (expected?.serial !== undefined && leaf?.serial !== expected.serial) {
    const until = expected.notAfter === undefined ? "" : ` (until ${date(expected.notAfter)})`;
    const served = leaf === undefined ? "nothing" : `serial ${leaf.serial} (until ${date(leaf.notAfter)})`;
    problems.push({
      kind: "other-certificate",
      message: `${where} serves ${served}, not ${expected.arn}${until}`,
      hint: "changes take some minutes; if it stays, see who else answers there",
    });
  }
  return { ...handshake, problems };
}
