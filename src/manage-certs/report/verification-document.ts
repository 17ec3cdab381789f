import { days } from "../findings/words";
import type { VerifiedHandshake, Verification } from "../verify/verification";
import type { VerificationDocument } from "./verification-document-shape";

/** In its published form. */
export function toVerificationDocument({ verifiedAt, targets, failures }: Verification): VerificationDocument {
  const document = {
    version: 1,
    verifiedAt,
    targets: targets.map(({ point, handshakes, ...target }) => ({
      ...target,
      id: point?.id,
      handshakes: handshakes.map(({ outcome, ...handshake }) => ({
        ...handshake,
        served: servedOf({ outcome }, verifiedAt),
      })),
    })),
    failures,
  };
  return JSON.parse(JSON.stringify(document)) as VerificationDocument;
}

function servedOf({ outcome }: Pick<VerifiedHandshake, "outcome">, now: Date) {
  const leaf = outcome.state === "served" ? outcome.chain[0] : undefined;
  if (outcome.state === "unreachable" || leaf === undefined) return undefined;
  return { ...leaf, daysLeft: days(now, leaf.notAfter), chainLength: outcome.chain.length };
}

/** Exit code (docs/overview.md, "Decisions" 9): 1 something is wrong or could not be looked at, else 0. */
export function exitCodeOfVerification({ targets, failures }: Verification): 0 | 1 {
  return failures.length > 0 || targets.some(({ state }) => state === "wrong") ? 1 : 0;
}
