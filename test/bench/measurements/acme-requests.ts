/** What one certificate costs the CA once account, directory and connections are there. */
import { join } from "node:path";
import type { Benchmark } from "../benchmark";
import { ChildProgram } from "../support/child-program";
import { freshNames } from "../support/issuing";
import type { OurOperations } from "../support/our-client-program";
import { withSandbox } from "../support/sandbox";

const certificates = 40;

export const benchmark: Benchmark = {
  subject: "ACME requests",
  measure: () =>
    withSandbox(async ({ places, program }) => {
      const client = ChildProgram.start<OurOperations>(
        join(__dirname, "../support/our-client-program.ts"),
        JSON.stringify(places),
      );
      try {
        await client.ask("issue", { names: freshNames(8), concurrency: 8 });
        await program.ask("takeHistory");
        const { connections } = await client.ask("issue", { names: freshNames(certificates), concurrency: 8 });
        // counted by the CA, so that nothing is missed that a client does not count
        const requests = (await program.ask("takeHistory")).filter(({ part }) => part === "acme").length;
        return [
          {
            name: "acme-requests-per-certificate",
            value: requests / certificates,
            unit: "requests",
            budget: { atMost: 8 },
          },
          {
            name: "acme-connections-per-certificate",
            value: connections / certificates,
            unit: "new connections",
            budget: { atMost: 0 },
          },
        ];
      } finally {
        await client.stop();
      }
    }),
};
