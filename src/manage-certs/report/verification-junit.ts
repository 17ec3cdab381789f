import type { Verification, VerifiedTarget } from "../verify/verification";
import { junitSuite, type CaseOutcome } from "./junit-suite";

/** A test case for each target. */
export function toVerificationJunit({ verifiedAt, targets, failures }: Verification): string {
  const cases = targets.map((target) => ({
    id: target.point?.id ?? "host",
    name: target.name,
    outcome: outcomeOf(target),
  }));
  return junitSuite("verify", verifiedAt, cases, failures);
}

function outcomeOf({ state, why, problems }: VerifiedTarget): CaseOutcome | undefined {
  if (state === "good") return undefined;
  const [first, ...others] = problems;
  if (first === undefined) return { state: "skipped", message: `out of reach: ${why}` };
  const more = others.map(({ message }) => message).join("\n");
  return { state: "failure", type: first.kind, message: first.message, more };
}
