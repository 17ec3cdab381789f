/** `manage-certs init`: the scripts beside this file show the command; what it prints is read by what it is for. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { readConfig } from "../../src/manage-certs/config/read-config";
import { iamPolicy } from "../../src/manage-certs/init/iam-policy";
import { runCliScript } from "../support/cli-script";
import { unbuilt } from "../support/unbuilt";

const program = resolve(__dirname, "../../src/bin/manage-certs.ts");
const scripts = join(__dirname, "manage-certs-init");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "manage-certs-init-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(readdirSync(scripts))("%s", (name) => {
  const programs = { "manage-certs": program };
  const { expected, actual } = runCliScript(join(scripts, name), { programs, environment: { HOME: folder } });
  expect(actual).toEqual(expected);
});

function printed(...flags: readonly string[]): string {
  const env = { PATH: process.env.PATH, HOME: folder };
  const args = [...unbuilt, program, "init", ...flags];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return stdout;
}

/** Throws where a shell cannot read it. */
const readByShell = (commands: string) => execFileSync("sh", ["-n"], { input: commands });

test("the file is one that the program reads", async () => {
  spawnSync(process.execPath, [...unbuilt, program, "init"], { cwd: folder });
  const file = join(folder, "manage-certs.yaml");
  const config = await readConfig({ file, environment: {}, homeFolder: folder });
  expect(config).toMatchObject({ regions: "all", zones: [{ name: "example.gov" }], issuer: { name: "letsencrypt" } });
});

test("--iam is the policy, as JSON", () => {
  expect(JSON.parse(printed("--iam"))).toEqual(iamPolicy);
});

test("--github is a workflow whose steps a shell reads", () => {
  const { jobs } = parse(printed("--github")) as { jobs: { renew: { steps: { run?: string }[] } } };
  const runs = jobs.renew.steps.flatMap(({ run }) => run ?? []);
  runs.forEach(readByShell);
  expect(runs.filter((run) => run.includes("manage-certs renew"))).toHaveLength(2);
});

test("--gitlab is a pipeline whose script a shell reads", () => {
  const { certificates } = parse(printed("--gitlab")) as { certificates: { script: string[] } };
  readByShell(certificates.script.join("\n"));
  expect(certificates.script.join("\n").match(/manage-certs renew/g)).toHaveLength(2);
});

test("--jenkins is a Jenkinsfile whose script a shell reads, and whose brackets close", () => {
  const text = printed("--jenkins");
  const [, script = ""] = /sh '''#!\/bin\/sh -eu\n([^]*)'''/.exec(text) ?? [];
  readByShell(script);
  expect(script.match(/manage-certs renew/g)).toHaveLength(2);
  const groovy = text.replace(script, "").replace(/\/\/.*$/gm, "");
  for (const [open, close] of ["{}", "()", "[]"])
    expect(groovy.split(open ?? "")).toHaveLength(groovy.split(close ?? "").length);
});
