import type { Explanation } from "./explain-policy";
import type { Policy } from "./policy";
import type { PolicyExplanation } from "./policy-documents-shape";
import { reportedWaiver } from "./reported-waiver";

/** Explanations in their published form, each waiver as every report has it. */
export function toExplanationDocument(policy: Policy, explanations: readonly Explanation[]): PolicyExplanation {
  const document = explanations.map((explanation) => ({
    ...explanation,
    findings: explanation.findings.map(({ waiver, ...finding }) => ({
      ...finding,
      waiver: waiver && reportedWaiver(waiver, policy.placeOf),
    })),
  }));
  return JSON.parse(JSON.stringify(document)) as PolicyExplanation;
}
