import type { Policy } from "../policy/policy";
import { explainRequest, type Explanation } from "./explain-request";
import type { PolicyTest } from "./test-file";

export interface PolicyTestResult {
  readonly test: PolicyTest;
  readonly isPassed: boolean;
  /** What came of it, in the words of the expectation: `allow by grants[0]`, `deny: name-not-granted, 403`. */
  readonly outcome: string;
  readonly explanation: Explanation;
}

/** One after the other, each on a zone of its own. */
export async function runPolicyTests(policy: Policy, tests: readonly PolicyTest[]): Promise<PolicyTestResult[]> {
  const results: PolicyTestResult[] = [];
  for (const test of tests) {
    const explanation = await explainRequest(policy, test.question);
    results.push({ test, isPassed: isAsExpected(test, explanation), outcome: outcomeText(explanation), explanation });
  }
  return results;
}

function isAsExpected({ expect, grant }: PolicyTest, { verdict, reason, status, decisions }: Explanation): boolean {
  if (grant !== undefined && !decisions.some((decision) => decision.grant === grant)) return false;
  return typeof expect === "number" ? status === expect : expect === verdict || expect === reason;
}

function outcomeText({ verdict, reason, status, decisions }: Explanation): string {
  const answer = status === undefined ? "" : `, ${status}`;
  switch (verdict) {
    case "allow": {
      const grants = [...new Set(decisions.flatMap(({ grant }) => grant ?? []))];
      return `allow${grants.length === 0 ? "" : ` by ${grants.join(", ")}`}${answer}`;
    }
    case "deny":
      return `deny: ${reason}${answer}`;
    case "invalid":
      return `no decision${answer}`;
    case "undecided":
      return "no decision without a body";
  }
}
