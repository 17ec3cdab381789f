import { Command } from "commander";
import { parse } from "yaml";
import { addApprove } from "../../../../src/bin/drift-check/approve";
import { addRun } from "../../../../src/bin/drift-check/run";
import { CommandManners } from "../../../../src/bin/command-manners";
import { configShape, knownKeys } from "../../../../src/drift/config/config-shape";
import { githubPipeline } from "../../../../src/drift/init/github-pipeline";
import { gitlabPipeline } from "../../../../src/drift/init/gitlab-pipeline";
import { pipelines } from "../../../../src/drift/init/pipelines";
import { starterConfig } from "../../../../src/drift/init/starter-config";
import { LocatedYaml } from "../../../../src/platform/yaml-file/located-yaml";
import { parseShape } from "../../../../src/platform/yaml-file/parse-shape";

const texts = Object.entries(pipelines).map(([name, { text }]) => [name, text] as const);

const checksum = "d7".repeat(32);

/** The options of each `drift-check` command of a text, by command, as the program itself understands them. */
async function commandsOf(text: string): Promise<readonly (readonly [string, Record<string, unknown>])[]> {
  const commands: (readonly [string, Record<string, unknown>])[] = [];
  const lines = text.split("\n").filter((line) => !/^\s*(?:#|\/\/)/.test(line));
  for (const [, line = ""] of lines.join("\n").matchAll(/\bnpx drift-check ([^|;\n]*)/g)) {
    const program = new Command().exitOverride();
    const manners = new CommandManners("drift-check");
    addRun(program, manners);
    addApprove(program, manners);
    for (const command of program.commands)
      command.exitOverride().action((_: unknown, flags: Record<string, unknown>) => {
        commands.push([command.name(), flags]);
      });
    await program.parseAsync(line.trim().replaceAll('"', "").replace("$CHECKSUM", checksum).split(/ +/), {
      from: "user",
    });
  }
  return commands;
}

test.each(texts)("%s runs what the program knows, and applies what is safe", async (name, text) => {
  const commands = await commandsOf(text);
  expect(commands.map(([command]) => command)).toEqual(name === "cron" ? ["run"] : ["run", "approve"]);
  expect(commands[0]?.[1]).toMatchObject({ apply: true, json: "drift-run.json" });
  if (name !== "cron") {
    expect(commands[1]?.[1]).toMatchObject({ checksum });
    for (const [, flags] of commands) expect(Object.keys(flags)).toEqual(expect.arrayContaining(["junit", "summary"]));
  }
});

test.each(texts.filter(([name]) => name !== "cron"))(
  "%s exchanges tokens, stores no secret, keeps plans out of what is kept, and has three variables to set",
  (_, text) => {
    expect(text).toContain("/unexpired/v1/token");
    expect(text).not.toMatch(/secrets\.|AWS_SECRET_ACCESS_KEY|client_secret/);
    expect(text).toMatch(/three [^:]*variables[^]*?AWS_ROLE_ARN, AWS_REGION, ADP_HOST/);
    expect(text.match(/-type d -name pending -prune -exec rm -rf/g)?.length).toBeGreaterThan(0);
  },
);

/** GitHub, "Workflow syntax for GitHub Actions". */
const githubKeys = {
  workflow: ["name", "on", "permissions", "env", "defaults", "concurrency", "jobs"],
  job: [
    ...["name", "needs", "if", "runs-on", "environment", "concurrency", "outputs", "env", "defaults", "steps"],
    ...["timeout-minutes", "strategy", "permissions"],
  ],
  step: ["id", "if", "name", "uses", "run", "with", "env", "working-directory", "shell", "timeout-minutes"],
};

interface GithubJob {
  readonly steps: readonly Readonly<Record<string, unknown>>[];
}

test("GitHub's has the words that GitHub knows, and takes nothing of others into a shell", () => {
  const workflow = parse(githubPipeline) as Record<string, unknown> & { readonly jobs: Record<string, GithubJob> };
  expect(githubKeys.workflow).toEqual(expect.arrayContaining(Object.keys(workflow)));
  expect(workflow.permissions).toEqual({ contents: "read", "id-token": "write" });
  for (const job of Object.values(workflow.jobs)) {
    expect(githubKeys.job).toEqual(expect.arrayContaining(Object.keys(job)));
    for (const step of job.steps) {
      expect(githubKeys.step).toEqual(expect.arrayContaining(Object.keys(step)));
      expect("uses" in step).not.toBe("run" in step);
      expect(String(step.run)).not.toContain("${{");
    }
  }
  expect(workflow.jobs.approve).toMatchObject({ needs: "check", environment: "drift-check-approval" });
});

/** GitLab, "CI/CD YAML syntax reference". */
const gitlabKeys = [
  ...["extends", "stage", "image", "timeout", "id_tokens", "variables", "cache", "before_script", "after_script"],
  ...["artifacts", "resource_group", "rules", "script", "allow_failure", "needs", "environment"],
];

test("GitLab's has the words that GitLab knows; an approval is started by hand, in an environment that can be protected", () => {
  const file = parse(gitlabPipeline) as Record<string, Record<string, unknown>>;
  expect(Object.keys(file)).toEqual([".drift-check", "drift-check", "drift-check-approve"]);
  for (const job of Object.values(file)) expect(gitlabKeys).toEqual(expect.arrayContaining(Object.keys(job)));
  for (const line of [file[".drift-check"]?.before_script, file["drift-check"]?.script].flat())
    expect(typeof line).toBe("string");
  expect(file["drift-check-approve"]).toMatchObject({
    environment: "drift-check-approval",
    rules: [{ when: "manual" }],
  });
  expect(file["drift-check"]?.allow_failure).toEqual({ exit_codes: 3 });
});

test("the file of cron has one line for it, without a percent sign", () => {
  const lines = pipelines.cron.text.split("\n").filter((line) => /^[^#A-Z]/.test(line));
  expect(lines).toEqual([expect.stringMatching(/^17 \*\/6 \* \* \* drift-check cd /)]);
  expect(lines.join("")).not.toContain("%");
});

test.each([
  ["as it stands", (text: string) => text],
  ["with what is commented out", (text: string) => text.replace(/^# (?=\s*[\w-]+:|\s+- )/gm, "")],
])("the configuration %s is one", (_, change) => {
  const config = parseShape(new LocatedYaml(change(starterConfig)), "drift-check.yaml", configShape, knownKeys);
  expect(config.cdktf).toEqual({ folder: "cdktf.out", synthesize: "npm run synth" });
});
