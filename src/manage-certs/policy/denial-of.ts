import type { ToldFinding } from "../../policy/told-finding";

/** The same for a renewal, an issuance and an attachment. */
export interface PolicyDenial {
  readonly kind: "blocked";
  readonly code: "policy_denied";
  readonly why: string;
}

/** Everything that is denied, each with its rule and the smallest fix; undefined if nothing is. */
export function denialOf(findings: readonly ToldFinding[]): PolicyDenial | undefined {
  const denied = findings.filter(({ effect }) => effect === "deny");
  if (denied.length === 0) return undefined;
  return { kind: "blocked", code: "policy_denied", why: denied.map(({ text }) => text).join(". ") };
}

/** What is waived or only told, for people. */
export function toldOnly(findings: readonly ToldFinding[] = []): string[] {
  return findings.filter(({ effect }) => effect !== "deny").map(({ text }) => text);
}
