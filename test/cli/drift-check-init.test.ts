/** `drift-check init`: the scripts beside this file show the command; what it writes is read by what it is for. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { pipelines, type Platform } from "../../src/drift/init/pipelines";
import { runCliScript } from "../support/cli-script";
import { unbuilt } from "../support/unbuilt";

const program = resolve(__dirname, "../../src/bin/drift-check.ts");
const scripts = join(__dirname, "drift-check-init");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "drift-check-init-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(readdirSync(scripts))("%s", (name) => {
  const programs = { "drift-check": program };
  const { expected, actual } = runCliScript(join(scripts, name), { programs, environment: { HOME: folder } });
  expect(actual).toEqual(expected);
});

function written(platform: Platform): string {
  const args = [...unbuilt, program, "init", `--${platform}`];
  const env = { PATH: process.env.PATH, HOME: folder };
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  return readFileSync(join(folder, pipelines[platform].file), "utf8");
}

/** Throws where the shell cannot read it. */
const readBy = (shell: "bash" | "sh", commands: string) => execFileSync(shell, ["-n"], { input: commands });

test("GitHub's steps are read by bash", () => {
  const { jobs } = parse(written("github")) as { jobs: Record<string, { steps: { run?: string }[] }> };
  const runs = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
  expect(runs).toHaveLength(8);
  for (const run of runs) readBy("bash", run);
});

test("GitLab's scripts are read by a shell", () => {
  const jobs = Object.values(parse(written("gitlab")) as Record<string, Record<string, string[] | undefined>>);
  const lines = jobs.flatMap((job) => [job.before_script, job.script, job.after_script].flatMap((each) => each ?? []));
  expect(lines.length).toBeGreaterThan(6);
  readBy("sh", lines.join("\n"));
});

test("Jenkins' scripts are read by a shell, and its brackets close", () => {
  const text = written("jenkins");
  const found = [...text.matchAll(/'''#!\/bin\/sh -eu\n([^]*?)'''/g)].map(([, script = ""]) => script);
  expect(found).toHaveLength(2);
  for (const script of found) readBy("sh", script);
  const groovy = found.reduce((left, script) => left.replace(script, ""), text).replace(/\/\/.*$/gm, "");
  for (const [open, close] of ["{}", "()", "[]"])
    expect(groovy.split(open ?? "")).toHaveLength(groovy.split(close ?? "").length);
});

test("cron's command is read by a shell", () => {
  const [, command = ""] = /^17 \*\/6 \* \* \* \S+ (.*)$/m.exec(written("cron")) ?? [];
  expect(command).toContain("drift-check run");
  readBy("sh", command);
});
