/**
 * What a user waits for when nothing is to do: terraform, three starts of the provider, one page of ListCertificates.
 * Both sides in the caller's environment, for which the budget is, and both without NODE_EXTRA_CA_CERTS.
 */
import { ratio, type Benchmark } from "../benchmark";
import { mediansInTurn } from "../rounds";
import { nodeDoingNothing } from "../support/node-doing-nothing";
import { bareNode } from "../support/node-environment";
import { emptyPlan, withCertificateProject } from "../support/plan-world";

export const benchmark: Benchmark = {
  subject: "no-change plan of 1 certificate",
  measure: () =>
    withCertificateProject(async ({ project }) => {
      const { node, ours, nodeBare, oursBare } = await mediansInTurn(
        {
          node: () => nodeDoingNothing(),
          ours: () => emptyPlan(project),
          nodeBare: () => nodeDoingNothing(bareNode),
          oursBare: () => emptyPlan(project, bareNode),
        },
        { rounds: 11 },
      );
      return [
        ratio("plan-1-certificate", { atMost: 9 }, { name: "node -e 0", value: node, ours, unit: "ms" }),
        ratio("plan-1-certificate-bare", null, { name: "bare node -e 0", value: nodeBare, ours: oursBare, unit: "ms" }),
      ];
    }),
};
