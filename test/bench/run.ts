/**
 * `npm run bench`: measures everything in measurements/, prints ratios beside their budgets, and ends with 1 where a
 * budget is broken. `-- --json FILE` writes the entries, `-- --only TEXT` takes the measurements with that in their subject.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { judge, type Benchmark, type Entry } from "./benchmark";
import { renderTable } from "./table";

const folder = join(__dirname, "measurements");

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: "string" }, only: { type: "string", default: "" } } });
  const entries: Entry[] = [];
  for (const file of readdirSync(folder).sort()) {
    // require, since import() would look for JavaScript
    const { benchmark } = module.require(join(folder, file)) as { readonly benchmark: Benchmark };
    if (!benchmark.subject.includes(values.only)) continue;
    process.stderr.write(`${benchmark.subject} …\n`);
    entries.push(...(await benchmark.measure()).map(judge));
  }
  process.stdout.write(renderTable(entries));
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(entries, null, 2) + "\n");
  process.exitCode = entries.every(({ ok }) => ok) ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
