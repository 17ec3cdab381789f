/** Runs of drift-check that are cut short, or meet somebody else: nothing is applied twice, and nothing half-said. */
import { spawn } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { childProcesses } from "../support/child-processes";
import { DriftCommand } from "../support/drift/drift-command";
import { DriftWorld, listenerOf } from "../support/drift/drift-world";
import type { TerraformProject } from "../support/terraform";
import { until } from "../support/until";

let world: DriftWorld;
let project: TerraformProject;

beforeAll(async () => {
  world = await DriftWorld.start();
  project = await world.applied(world.certificate("web") + listenerOf("web"));
}, 120_000);
afterAll(() => world.close());
beforeEach(() => world.makeDue(project));

const serial = async () => String((await project.attributes("unexpired_certificate.web")).serial);
const quick = { verify: { handshakes: false }, limits: { lockSeconds: 0 } };
/** A program in place of terraform, which does what a shell script says before it is terraform. */
function shim(script: string): string {
  const file = join(project.folder, "shim.sh");
  writeFileSync(file, `#!/bin/sh\n${script}\nexec terraform "$@"\n`, { mode: 0o755 });
  return file;
}

test.each([
  ["it prints no plan", 'test "$1" = show && echo "{}}" && exit 0', "plan", "plan_unreadable"],
  ["it crashes while it plans", 'test "$1" = plan && kill -9 $$', "plan", "terraform_failed"],
  ["it hangs", 'test "$1" = plan && exec sleep 60', "plan", "timeout"],
  [
    "somebody else applied between plan and apply",
    'test "$1" = apply && terraform apply -auto-approve -input=false >&2 </dev/null',
    "apply",
    "terraform_failed",
  ],
])("terraform fails: %s", async (what, script, step, code) => {
  const limits = { ...quick.limits, ...(what === "it hangs" && { stepMinutes: 0.1 }) };
  const ended = await new DriftCommand([project], { ...quick, limits }).run("--apply", "--terraform-bin", shim(script));
  const [stack] = ended.document?.stacks ?? [];
  expect([ended.code, stack?.failure, stack?.applied]).toMatchObject([1, { step, code }, false]);
});

test("a plan of a format to come, and a program that is not there", async () => {
  const later = 'test "$1" = show && terraform "$@" | sed s/1.2/2.0/ && exit 0';
  const { code, document } = await new DriftCommand([project], quick).run("--apply", "--terraform-bin", shim(later));
  expect([code, document?.stacks[0]?.findings.map(({ rule }) => rule)]).toEqual([4, ["known-format"]]);
  const nothing = await new DriftCommand([project], quick).run("--terraform-bin", join(project.folder, "tofu"));
  expect([nothing.code, nothing.document?.stacks[0]?.failure?.code]).toEqual([1, "missing_part"]);
});

test("two runners: one applies, the other finds the stack locked; what fails hides no other stack", async () => {
  const broken = await world.world.project("");
  await broken.write({ "broken.tf": 'resource "terraform_data" "no" { input = var.nowhere }\n' });
  const before = world.orders();
  const [one, two] = await Promise.all([
    new DriftCommand([project, broken], quick).run("--apply"),
    new DriftCommand([project, broken], quick).run("--apply"),
  ]);
  const outcomes = [one, two].map(({ document }) =>
    document?.stacks.map(({ folder, outcome, failure }) => [folder === broken.folder, failure?.code ?? outcome]),
  );
  expect([one.code, two.code]).toEqual([1, 1]);
  expect(
    outcomes
      .flat()
      .filter((each) => each?.[0] === false)
      .sort(),
  ).toEqual([
    [false, "applied"],
    [false, "locked"],
  ]);
  expect(world.orders()).toBe(before + 1);
});

test("terraform's own lock is held: the state is somebody else's, and nothing is planned", async () => {
  const [other, asks] = [project.environment(), ["apply", "-no-color"]];
  const terraform = spawn("terraform", asks, { cwd: project.folder, env: other, stdio: ["pipe", "pipe", "ignore"] });
  const closed = new Promise((done) => terraform.once("close", done));
  await new Promise<void>((done) =>
    terraform.stdout.on("data", (chunk: Buffer) => chunk.includes("Enter a value") && done()),
  );
  const { code, document } = await new DriftCommand([project], quick).run("--apply");
  terraform.stdin.end("no\n");
  await closed;
  expect([code, document?.stacks[0]?.failure]).toMatchObject([1, { step: "plan", code: "locked" }]);
});

test("kill -9 in the middle of an apply: terraform brings it to an end, and nobody else begins before", async () => {
  const [before, count] = [await serial(), world.orders()];
  const held = world.world.sandbox.gate.set({ part: "aws", operation: "ImportCertificate", nth: 1, action: "hold" });
  const { child, ended } = new DriftCommand([project], quick).start("--apply");
  await held.caught;
  const [terraform = 0] = childProcesses(child.pid ?? 0, "apply");
  child.kill("SIGKILL");
  const { document, output } = await ended;
  expect([document, output]).toEqual([undefined, ""]);
  const meanwhile = await new DriftCommand([project], quick).run("--apply");
  expect(meanwhile.document?.stacks[0]?.failure?.code).toBe("locked");
  held.release();
  await until(() => !readdirSync("/proc").includes(String(terraform)));
  const next = await new DriftCommand([project], quick).run("--apply");
  expect([next.code, next.document?.stacks[0]?.outcome]).toEqual([0, "no-op"]);
  expect(await serial()).not.toBe(before);
  expect(world.orders()).toBe(count + 1);
});

test("applied, and a listener that cannot be reached: it fails, and says that it was applied", async () => {
  const verify = { connectTo: [":443:127.0.0.1:1"], waitSeconds: 1 };
  const { code, document, output } = await new DriftCommand([project], { verify }).run("--apply");
  const [stack] = document?.stacks ?? [];
  expect([code, stack?.applied, stack?.failure]).toMatchObject([1, true, { step: "verify", code: "handshake_failed" }]);
  expect(output).toMatch(/applied, then failed: verify/);
});
