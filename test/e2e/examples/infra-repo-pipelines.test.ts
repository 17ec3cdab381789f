/**
 * The pipelines of examples/infra-repo, step by step: a job proves who it is, gets short-lived credentials from
 * akamai-dns-proxy under the policy that the README shows, plans for reviewers, and applies what is on main.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipelines } from "../../../src/drift/init/pipelines";
import { ExampleFolder } from "../../support/examples/example-folder";
import { startExampleWorld, type ExampleWorld } from "../../support/examples/example-world";
import { PipelineRunner } from "../../support/examples/pipeline-runner";
import { githubSteps, gitlabSteps } from "../../support/examples/pipeline-steps";

let world: ExampleWorld;
let repository: ExampleFolder;
let runner: PipelineRunner;

beforeAll(async () => {
  world = await startExampleWorld();
  repository = await ExampleFolder.copy("infra-repo");
  const { sandbox } = world;
  runner = await PipelineRunner.start({ sandbox, repository, cliConfigFile: world.cliConfigFile });
});

afterAll(async () => {
  await runner.close();
  await repository.remove();
  await world.close();
});

const lockChoice = "github.event_name == 'pull_request' && '-lock=false' || '-lock-timeout=5m'";
const isMain = "github.ref == 'refs/heads/main'";

async function github(event: "pull_request" | "push" | "schedule"): Promise<string> {
  const text = await readFile(join(repository.folder, ".github/workflows/deploy.yml"), "utf8");
  const ref = event === "pull_request" ? "refs/pull/7/merge" : "refs/heads/main";
  const steps = githubSteps(text, {
    job: "deploy",
    expressions: {
      "matrix.stack": "staging",
      "vars.STATE_BUCKET": "",
      [lockChoice]: event === "pull_request" ? "-lock=false" : "-lock-timeout=5m",
    },
    holds: ref === "refs/heads/main" ? [isMain] : [],
  });
  return runner.github(steps, { repository: "example/infra", event_name: event, ref });
}

async function gitlab(job: "plan" | "apply", source: string): Promise<string> {
  const text = await readFile(join(repository.folder, ".gitlab-ci.yml"), "utf8");
  const steps = gitlabSteps(text, job, { STACK: "production" });
  const ref = job === "plan" ? { ref: "change", ref_protected: "false" } : { ref: "main", ref_protected: "true" };
  return runner.gitlab(steps, { project_path: "example/infra", pipeline_source: source, ref_type: "branch", ...ref });
}

const clients = async () => [...new Set((await runner.proxy.audit()).map(({ client }) => client))];
/** What the load balancer of a stack serves. */
async function served(stack: string, host: string): Promise<string> {
  const { account } = world.sandbox;
  const listener = [...account.region().elb.listeners.values()].find(
    ({ arn, loadBalancer }) => loadBalancer.name === `web-${stack}` && account.frontEnd(arn),
  );
  return (await world.handshake(listener?.arn ?? "", host)).serial;
}

test("GitHub Actions: a pull request is planned, main is applied, the schedule finds nothing to do", async () => {
  expect(await github("pull_request")).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
  expect(world.left()).toEqual({ aws: [], records: [], proofs: [] });
  expect(await clients()).toEqual(["infra-plan"]);

  await github("push");
  expect(await served("staging", "staging.example.gov")).toMatch(/^[0-9a-f]+$/);
  expect(await clients()).toEqual(["infra-plan", "infra-apply"]);
  expect(await github("schedule")).toContain("No changes.");
});

test("GitLab CI: a merge request is planned, main is applied, the next merge request finds nothing to do", async () => {
  expect(await gitlab("plan", "merge_request_event")).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
  expect(world.left().proofs).toEqual([]);

  await gitlab("apply", "push");
  expect(await served("production", "www.example.gov")).toMatch(/^[0-9a-f]+$/);
  expect(world.left().proofs).toEqual(["www.example.gov"]);
  expect(await gitlab("plan", "merge_request_event")).toContain("No changes.");
});

test("drift-check init: its workflow plans every stack again, and nothing waits for an approval", async () => {
  await writeFile(join(repository.folder, "drift-check.yaml"), "verify: { handshakes: false }\n");
  const steps = githubSteps(pipelines.github.text, {
    job: "check",
    expressions: { "vars.ADP_HOST": "", "github.workspace": repository.folder },
    holds: ["always()"],
  });
  // the proxy stands on loopback, and is known by another name
  const settled = steps.map((step) => ({ ...step, script: step.script.replace("${ADP_HOST%:*}", "adp.example.gov") }));
  const claims = { repository: "example/infra", event_name: "schedule", ref: "refs/heads/main" };
  const summary = await runner.github(settled, claims);
  expect(summary).toMatch(/\| production \| nothing to do .*\n\| staging \| nothing to do /);
  expect(await readFile(runner.outputs, "utf8")).toBe("waiting=[]\n");
  expect(await readFile(join(repository.folder, "drift-check.xml"), "utf8")).toContain('failures="0" errors="0"');
});

test("by hand: the README's commands, which end with nothing left but the proof that is kept", async () => {
  await runner.readme();
  expect([...world.sandbox.account.region().secrets.keys()]).toEqual(["unexpired/staging/acme-account"]);
  expect(world.left()).toEqual({ aws: [], records: [], proofs: ["www.example.gov"] });
});
