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
export function causeOf({ event, error }: Pick<LedgerLine, "event" | "error">): FailureCause | undefined {
  if (error === undefined) return undefined;
  const { code, message } = error;
  if (code === "aws_denied" && secretActions.test(message)) return "secrets";
  if (code === "network" || code === "timeout") return whoIsSilent(event, message);
  return causes.find(([codes]) => codes.test(code))?.[1] ?? "other";
}

/** Messages say what was asked: AWS by its name, others by their URL. In an issuance, that is Edge DNS or the CA. */
function whoIsSilent(event: LedgerLine["event"], message: string): FailureCause {
  if (/\bAWS\b/.test(message)) return "aws";
  if (message.includes("/config-dns/")) return "proxy";
  const isIssuance = event === "certificate.issued" || event === "renewal.ended";
  return isIssuance && message.includes("https://") ? "ca" : "other";
}
