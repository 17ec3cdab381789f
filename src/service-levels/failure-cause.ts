import type { LedgerLine } from "../ledger/ledger-line";
import type { FailureCause } from "./metric-families";

/** By the beginning of a code; the first that fits. */
const causes: readonly (readonly [RegExp, FailureCause])[] = [
  [/^acme_rate_limited$/, "ca_rate_limit"],
  [/^acme_challenge_failed$/, "dns"],
  [/^acme_/, "ca"],
  [/^dns_/, "dns"],
  [/^edge_dns_/, "proxy"],
  [/^policy_/, "policy"],
  [/^aws_/, "aws"],
];

/** Messages about AWS name the action that was refused, as IAM spells it. */
const secretActions = /\b(?:secretsmanager|kms):/;

/** What stands behind an error. Undefined for an entry that tells of none. */
export function causeOf({ error }: Pick<LedgerLine, "error">): FailureCause | undefined {
  if (error === undefined) return undefined;
  if (error.code === "aws_denied" && secretActions.test(error.message)) return "secrets";
  return causes.find(([codes]) => codes.test(error.code))?.[1] ?? "other";
}
