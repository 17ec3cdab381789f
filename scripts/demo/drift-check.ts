/** drift-check as a pipeline runs it: the built program in a process of its own, in the folder that cdktf synthesized into. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunDocument } from "../../src/drift/report/run-document-shape";
import { runProgram } from "../../src/platform/run-program";
import type { DriftCheckRunFacts } from "./facts";

export interface DemoDriftCheck {
  /** Of the build. */
  readonly program: string;
  /** With `cdktf.out`; configuration and reports are written there. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Tells drift-check where the listener is and what clients trust. */
export async function configureDriftCheck(
  folder: string,
  { host, port, rootsFile }: { readonly host: string; readonly port: number; readonly rootsFile: string },
): Promise<void> {
  const verify = { roots: rootsFile, connectTo: [`:443:${host}:${port}`] };
  // JSON is YAML
  await writeFile(join(folder, "drift-check.yaml"), JSON.stringify({ verify }));
}

/** `drift-check run --apply`. Whatever it ends with is a fact. */
export async function runDriftCheck(
  { program, folder, env }: DemoDriftCheck,
  name: string,
): Promise<DriftCheckRunFacts> {
  const reports = ["json", "summary"].flatMap((kind) => [`--${kind}`, `${name}.${kind}`]);
  const { exitCode, stderr } = await runProgram(process.execPath, [program, "run", "--apply", ...reports], {
    cwd: folder,
    env,
  });
  const text = await readFile(join(folder, `${name}.json`), "utf8").catch(() => {
    throw new Error(`drift-check ended with exit code ${exitCode} and no report:\n${stderr.trim()}`);
  });
  const [stack] = (JSON.parse(text) as RunDocument).stacks;
  if (stack === undefined) throw new Error("drift-check found no stack");
  return {
    exitCode,
    outcome: stack.outcome,
    changes: stack.changes.map(({ address, actions }) => `${address} ${actions.join(" and ")}`),
    findings: stack.findings.map(({ rule, subject, value }) => `${rule}: ${subject}: ${value}`),
    handshakes: stack.served.length,
    ...(stack.failure !== undefined && { failure: `${stack.failure.code}: ${stack.failure.message}` }),
  };
}

/** What somebody else changes in the same stack: an answer of the listener, which has nothing to do with certificates. */
export async function changeAnswer(stackFolder: string): Promise<void> {
  const file = join(stackFolder, "cdk.tf.json");
  const text = await readFile(file, "utf8");
  const changed = text.replace('"no such site"', '"closed for the holidays"');
  if (changed === text) throw new Error(`${file} has no answer to change`);
  await writeFile(file, changed);
}
