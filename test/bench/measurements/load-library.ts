/** What `import … from "unexpired"` adds to the start of an app, beside `cdktf`, which every app loads. */
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { ratio, type Benchmark } from "../benchmark";
import { mediansInTurn } from "../rounds";
import { callersNode } from "../support/node-environment";

const run = promisify(execFile);
const root = resolve(__dirname, "../../..");

export const benchmark: Benchmark = {
  subject: "load library",
  measure: async () => {
    const { cdktf, ours } = await mediansInTurn(
      { cdktf: () => loadTime(require.resolve("cdktf")), ours: () => loadTime(join(root, "dist/constructs/index.js")) },
      { rounds: 15, warmUp: 2 },
    );
    return [ratio("load-library", { atMost: 1.5 }, { name: "cdktf alone", value: cdktf, ours, unit: "ms" })];
  },
};

/** Milliseconds, as a fresh process counts them, its own start not included. */
async function loadTime(file: string): Promise<number> {
  const program = `const begin = performance.now(); require(${JSON.stringify(file)}); console.log(performance.now() - begin)`;
  const env = { PATH: process.env.PATH, ...callersNode() };
  const { stdout } = await run(process.execPath, ["-e", program], { cwd: root, env });
  return Number(stdout);
}
