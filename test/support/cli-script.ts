/**
 * Runs a command as its users do and compares what it says. A script is a text file: `-- NAME --` begins a file that is
 * there beforehand; the part called `script` has commands (`$ …`), then what they are to write to standard output (`> `)
 * and standard error (`! `), and their exit code (`= `). `<folder>`, `<token>` and `<secret>` stand for what is new each
 * time.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { unbuilt } from "./unbuilt";

interface Step {
  readonly command: string;
  readonly expected: string[];
}

export interface CliOptions {
  /** Command name → its source file. */
  readonly programs: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

/** The transcripts of a script, as expected and as they were, for one `toEqual`. */
export function runCliScript(file: string, options: CliOptions): { expected: string[][]; actual: string[][] } {
  const folder = mkdtempSync(join(tmpdir(), "cli-"));
  try {
    const parts = readFileSync(file, "utf8").split(/^-- (\S+) --\n/m);
    const steps: Step[] = [];
    for (let at = 1; at < parts.length; at += 2) {
      const [name = "", text = ""] = parts.slice(at, at + 2);
      if (name === "script") steps.push(...parseSteps(text));
      else writeFileSync(join(folder, name), text);
    }
    const actual = steps.map(({ command }) => [command, ...run(command, folder, options)]);
    return { expected: steps.map(({ command, expected }) => [command, ...expected]), actual };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function parseSteps(text: string): Step[] {
  const steps: Step[] = [];
  for (const line of text.split("\n").filter((each) => each !== "" && !each.startsWith("#"))) {
    if (line.startsWith("$ ")) steps.push({ command: line.slice(2), expected: [] });
    else steps.at(-1)?.expected.push(line);
  }
  return steps;
}

function run(command: string, cwd: string, { programs, environment }: CliOptions): string[] {
  const [name = "", ...args] = command.split(" ");
  const program = programs[name];
  const [executable, ...first] = program === undefined ? [name] : [process.execPath, ...unbuilt, resolve(program)];
  const env = { PATH: process.env.PATH, ...environment };
  const result = spawnSync(executable, [...first, ...args], { cwd, env, encoding: "utf8", timeout: 120_000 });
  const lines = (text: string, mark: string) =>
    text
      .split("\n")
      .slice(0, -1)
      .map((line) => `${mark} ${masked(line.replaceAll(realpathSync(cwd), "<folder>"))}`.trimEnd());
  return [...lines(result.stdout, ">"), ...lines(result.stderr, "!"), `= ${result.status ?? result.signal}`];
}

function masked(line: string): string {
  return line
    .replaceAll(/akab-[0-9a-f]{40}/g, "<token>")
    .replaceAll(/(client_secret = )[\w-]{43}$/g, "$1<secret>")
    .replaceAll(/(access_token = )akab-[\w-]{43}$/g, "$1<access token>");
}
