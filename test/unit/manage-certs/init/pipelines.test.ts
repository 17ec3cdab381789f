import { Command } from "commander";
import { parse } from "yaml";
import { CommandManners } from "../../../../src/bin/command-manners";
import { addRenew } from "../../../../src/bin/manage-certs/renew";
import { githubPipeline, gitlabPipeline, jenkinsPipeline } from "../../../../src/manage-certs/init/pipelines";

const pipelines = { githubPipeline, gitlabPipeline, jenkinsPipeline };

/** The options of each `manage-certs` command of a text, as the program itself understands them. */
async function runsOf(text: string): Promise<Record<string, unknown>[]> {
  const runs: Record<string, unknown>[] = [];
  for (const [, line = ""] of text.matchAll(/\bmanage-certs (renew [^|\n]*)/g)) {
    const program = new Command().exitOverride();
    addRenew(program, new CommandManners("manage-certs"));
    program.commands[0]?.exitOverride().action((flags: Record<string, unknown>) => void runs.push(flags));
    await program.parseAsync(line.trim().split(/ +/), { from: "user" });
  }
  return runs;
}

test.each(Object.entries(pipelines))(
  "%s runs what the program knows: a dry run, and one that applies",
  async (_, text) => {
    const runs = await runsOf(text);
    expect(runs.map(({ apply }) => apply === true).sort()).toEqual([false, true]);
    for (const run of runs) expect(Object.keys(run)).toEqual(expect.arrayContaining(["junit", "summary"]));
  },
);

test.each(Object.entries(pipelines))(
  "%s exchanges tokens, stores no secret, and has three variables to set",
  (_, text) => {
    expect(text).toContain("/unexpired/v1/token");
    expect(text).not.toMatch(/secrets\.|AWS_SECRET_ACCESS_KEY|client_secret/);
    expect(text).toMatch(/three .*variables.*: AWS_ROLE_ARN, AWS_REGION, ADP_HOST/);
  },
);

test("GitHub's applies on schedule alone, and may ask for a token of identity", () => {
  const workflow = parse(githubPipeline) as {
    on: object;
    permissions: object;
    jobs: { renew: { steps: { run?: string; if?: string }[] } };
  };
  expect(Object.keys(workflow.on)).toEqual(["schedule", "workflow_dispatch", "pull_request"]);
  expect(workflow.permissions).toEqual({ contents: "read", "id-token": "write" });
  const applying = workflow.jobs.renew.steps.filter(({ run }) => run?.includes("--apply"));
  expect(applying.map((step) => step.if)).toEqual(["github.event_name != 'pull_request'"]);
});

test("GitLab's runs on schedule and for merge requests, with a token for each side", () => {
  const { certificates } = parse(gitlabPipeline) as { certificates: { script: string[]; id_tokens: object } };
  expect(Object.keys(certificates.id_tokens)).toEqual(["AWS_TOKEN", "ADP_TOKEN"]);
  expect(certificates.script.every((line) => typeof line === "string")).toBe(true);
});
