/**
 * `npm run bench`: measures everything in measurements/, prints ratios beside their budgets, and ends with 1 where a
 * budget is broken. `-- --json FILE` writes the entries, `-- --only TEXT` takes the measurements with that in their subject.
 * What cannot be measured here for want of a program is left out and named.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { judge, type Benchmark, type Entry } from "./benchmark";
import { timed } from "./rounds";
import { missingFor } from "./support/installed-programs";
import { renderTable } from "./table";

const folder = join(__dirname, "measurements");

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: "string" }, only: { type: "string", default: "" } } });
  const entries: Entry[] = [];
  const leftOut: string[] = [];
  const elapsedMs = await timed(async () => {
    for (const benchmark of benchmarks()) {
      const { subject } = benchmark;
      if (!subject.includes(values.only)) continue;
      const missing = missingFor(benchmark);
      if (missing !== undefined) {
        leftOut.push(`left out: ${subject}, since ${missing}`);
        continue;
      }
      process.stderr.write(`${subject} … `);
      const tookMs = await timed(async () => entries.push(...(await benchmark.measure()).map(judge)));
      process.stderr.write(`${(tookMs / 1000).toFixed(0)} s\n`);
    }
  });
  if (values.only === "")
    entries.push(judge({ name: "bench-duration", value: elapsedMs / 60_000, unit: "min", budget: { atMost: 20 } }));
  process.stdout.write([renderTable(entries), ...leftOut.map((line) => `${line}\n`)].join(""));
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(entries, null, 2) + "\n");
  process.exitCode = entries.every(({ ok }) => ok) ? 0 : 1;
}

function* benchmarks(): Generator<Benchmark> {
  for (const file of readdirSync(folder).sort()) {
    // require, since import() would look for JavaScript
    yield (module.require(join(folder, file)) as { readonly benchmark: Benchmark }).benchmark;
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
