/** What a user waits for when nothing is to do: terraform, three starts of the provider, one page of ListCertificates. */
import { ratio, type Benchmark } from "../benchmark";
import { mediansInTurn } from "../rounds";
import { nodeDoingNothing } from "../support/node-doing-nothing";
import { emptyPlan, withCertificateProject } from "../support/plan-world";

export const benchmark: Benchmark = {
  subject: "no-change plan of 1 certificate",
  measure: () =>
    withCertificateProject(async ({ project }) => {
      const { node, ours } = await mediansInTurn(
        { node: nodeDoingNothing, ours: () => emptyPlan(project) },
        { rounds: 11 },
      );
      return [ratio("plan-1-certificate", { atMost: 9 }, { name: "node -e 0", value: node, ours, unit: "ms" })];
    }),
};
