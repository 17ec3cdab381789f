/** What drift-check makes of a plan of 50 MB: thousands of real renewals, recorded once and multiplied. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { recordedText } from "../../support/drift/recorded-plan";
import type { Benchmark } from "../benchmark";
import { median, timed } from "../rounds";

const megabytes = 50;
const support = join(__dirname, "../support");

export const benchmark: Benchmark = {
  subject: "guards on a plan of 50 MB",
  measure: async () => {
    const folder = mkdtempSync(join(tmpdir(), "large-plan-"));
    try {
      const file = join(folder, "plan.json");
      writeFileSync(file, largePlan());
      const runs: { seconds: number; megabytes: number }[] = [];
      for (let round = 0; round < 5; round++) runs.push(await judge(file, join(folder, "usage.json")));
      return [
        {
          ...{ name: "guards-50-mb-plan", unit: "s", budget: { atMost: 2 } },
          value: median(runs.map(({ seconds }) => seconds)),
        },
        {
          ...{ name: "guards-50-mb-plan-memory", unit: "MB", budget: { atMost: 500 } },
          value: Math.max(...runs.map((run) => run.megabytes)),
        },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** From the start of node to its end, so that nothing is forgotten. */
async function judge(file: string, usage: string): Promise<{ seconds: number; megabytes: number }> {
  const args = ["--require", join(support, "note-usage.js"), join(support, "judge-plan-file.js"), file];
  const env = { PATH: process.env.PATH, NOTE_USAGE: usage };
  let said = "";
  const took = await timed(async () => ({ stdout: said } = await promisify(execFile)(process.execPath, args, { env })));
  const { verdict } = JSON.parse(said) as { verdict: string };
  if (verdict !== "needs-approval")
    throw new Error(`the plan became ${verdict}: it renews more than is allowed at once`);
  const { maxRSS } = JSON.parse(readFileSync(usage, "utf8")) as NodeJS.ResourceUsage;
  return { seconds: took / 1000, megabytes: maxRSS / 1024 };
}

/** All of it is what guards look at; a real plan shows every resource in three further places. */
function largePlan(): string {
  const text = recordedText("renewal");
  const plan = JSON.parse(text) as { resource_changes: { address: string }[] };
  const { resource_changes: recorded } = plan;
  const copies = Math.ceil((megabytes * 1_000_000) / text.length);
  plan.resource_changes = Array.from({ length: copies }).flatMap((_, copy) =>
    recorded.map((change) => ({ ...change, address: `module.copy[${copy}].${change.address}` })),
  );
  return JSON.stringify(plan);
}
