import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { SynthesizedStack } from "./synthesize-stack";

const run = promisify(execFile);
const root = resolve(__dirname, "../..");

/** Runs the `main.ts` of an example in a folder of its own, as its README says, with the settings as environment. */
export async function synthesizeExample(
  name: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<SynthesizedStack> {
  const folder = await mkdtemp(join(tmpdir(), "example-"));
  try {
    const main = join(root, "examples", name, "main.ts");
    const args = [require.resolve("ts-node/dist/bin"), main];
    await run(process.execPath, args, { cwd: folder, env: { PATH: process.env.PATH, ...settings } });
    const text = await readFile(join(folder, "cdktf.out/stacks", name, "cdk.tf.json"), "utf8");
    return JSON.parse(text) as SynthesizedStack;
  } finally {
    await rm(folder, { recursive: true });
  }
}
