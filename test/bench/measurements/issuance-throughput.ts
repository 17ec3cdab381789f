/**
 * Certificates per second at concurrency 8, against npm acme-client with its own steps and its own transport. Each
 * client has a process of its own, and so has the CA; the CA works for one of them at a time.
 */
import { join } from "node:path";
import { ratio, type Benchmark } from "../benchmark";
import { mediansInTurn } from "../rounds";
import { ChildProgram } from "../support/child-program";
import { freshNames } from "../support/issuing";
import type { OurOperations } from "../support/our-client-program";
import type { PlainOperations } from "../support/plain-client-program";
import { withSandbox } from "../support/sandbox";

const certificates = 64;

export const benchmark: Benchmark = {
  subject: "issuance throughput",
  measure: () =>
    withSandbox(async ({ places }) => {
      const folder = join(__dirname, "../support");
      const facts = JSON.stringify(places);
      const our = ChildProgram.start<OurOperations>(join(folder, "our-client-program.ts"), facts);
      const plain = ChildProgram.start<PlainOperations>(join(folder, "plain-client-program.ts"), facts);
      try {
        const batch = () => ({ names: freshNames(certificates), concurrency: 8 });
        const perSecond = (elapsedMs: number) => (certificates * 1000) / elapsedMs;
        const { ours, theirs } = await mediansInTurn(
          {
            theirs: async () => perSecond((await plain.ask("issue", batch())).elapsedMs),
            ours: async () => perSecond((await our.ask("issue", batch())).elapsedMs),
          },
          { rounds: 5, warmUp: 2 },
        );
        const baseline = { name: "plain acme-client", value: theirs, ours, unit: "/s" };
        return [ratio("issuance-throughput", { atLeast: 1.7 }, baseline)];
      } finally {
        await Promise.all([our.stop(), plain.stop()]);
      }
    }),
};
