/** Plans that wait for somebody's word, by real terraform: what is approved is applied, once, and nothing else is. */
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { PendingPlans } from "../../src/drift/pending/pending-plans";
import { standingDocumentShape } from "../../src/drift/standing/standing-document-shape";
import { systemClock } from "../../src/platform/clock";
import { DriftCommand } from "../support/drift/drift-command";
import { DriftWorld } from "../support/drift/drift-world";
import type { TerraformProject } from "../support/terraform";

let world: DriftWorld;
let project: TerraformProject;
const secret = "hush: nobody is to read this";

beforeAll(async () => {
  world = await DriftWorld.start();
  project = await world.applied(stackWith("one"), { TF_VAR_value: secret, OUR_SECRET: `${secret} either` });
}, 120_000);
afterAll(() => world.close());

/** Each apply of another word leaves a line in a file. */
function stackWith(word: string, more = ""): string {
  return `
variable "value" {
  type      = string
  sensitive = true
}
resource "terraform_data" "kept" { input = var.value }
resource "terraform_data" "word" {
  triggers_replace = ["${word}"]
  input            = "${word}: \${var.value}"
  provisioner "local-exec" { command = "echo ${word} >> applied.txt" }
}
${more}`;
}

const applied = () => readFileSync(join(project.folder, "applied.txt"), "utf8").trim().split("\n");
const state = () => join(world.world.folder, "state");
const pending = () => new PendingPlans(state(), systemClock).list();
const change = (word: string, more?: string) => project.write({ "stack.tf": stackWith(word, more) });
const textsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "plan")
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));

test("a plan waits, is approved and applied, and waits no more; nothing that is kept of it tells a secret", async () => {
  await change("two");
  const command = new DriftCommand([project]);
  const asked = await command.run("--apply");
  const [{ checksum, approveWith } = {}] = asked.document?.stacks ?? [];
  expect([asked.code, approveWith]).toEqual([3, `drift-check approve ${project.folder} --checksum ${checksum}`]);
  expect(asked.output).toContain(`to approve: ${approveWith}`);
  const [waiting] = await pending();
  expect(waiting).toMatchObject({ checksum, approveWith, changes: [{ address: "terraform_data.word" }] });

  const [status, explained] = [await command.ask("status"), await command.ask("explain", project.folder)];
  expect([status.code, status.output]).toEqual([3, expect.stringContaining(String(approveWith))]);
  expect([explained.code, explained.output]).toEqual([0, expect.stringContaining(waiting?.planFile ?? "no file")]);
  const json = JSON.parse((await command.ask("explain", project.folder, "--json")).output) as unknown;
  expect(standingDocumentShape.parse(json).stacks[0]?.waiting?.checksum).toBe(checksum);
  const nobody = await command.ask("explain", "nobody");
  expect([nobody.code, nobody.errors]).toEqual([
    1,
    expect.stringContaining("no run that is kept has looked at nobody"),
  ]);

  const approved = await command.approve(checksum, "--reason", "the word changes");
  const [stack] = approved.document?.stacks ?? [];
  expect([approved.code, stack?.outcome, stack?.failure, stack?.approvedBy?.reason]).toEqual([
    ...[0, "applied", undefined, "the word changes"],
  ]);
  expect([applied(), await pending()]).toEqual([["one", "two"], []]);
  const again = await command.approve(checksum);
  expect([again.code, again.document?.stacks[0]?.failure?.code, applied().length]).toEqual([1, "plan_changed", 2]);
  expect(again.output).toContain("there is nothing left to do");

  const ledger = readFileSync(join(state(), "ledger.jsonl"), "utf8").trim().split("\n");
  const approvals = ledger.filter((line) => line.includes("change.approved")).map((line) => JSON.parse(line) as object);
  expect(approvals).toMatchObject([
    { outcome: "done", why: "the word changes", facts: { checksum, verdict: "needs-approval" } },
    { outcome: "refused", error: { code: "plan_changed" } },
  ]);
  expect([...textsIn(state()), asked.output, approved.output, again.output].join()).not.toContain("hush");
});

test("the state has moved and the plan is another one: it is refused with what differs, and the new one waits", async () => {
  const data = (name: string, input: string) => `resource "terraform_data" "${name}" { input = "${input}" }\n`;
  await change("three", data("more", "one"));
  const command = new DriftCommand([project]);
  const { document } = await command.run();
  const [{ checksum } = {}] = document?.stacks ?? [];
  await change("three", data("more", "two") + data("another", "one") + data("other", "one"));
  await project.apply("-target=terraform_data.other");
  const { code, document: refused } = await command.approve(checksum);
  const [stack] = refused?.stacks ?? [];
  expect([code, stack?.failure?.code, stack?.applied, applied().length]).toEqual([1, "plan_changed", false, 2]);
  expect(stack?.failure?.message).toMatch(/: added: terraform_data\.another; changed: terraform_data\.more$/);
  expect((await pending()).map((each) => each.checksum)).toEqual([stack?.checksum]);
});

test("no part of a checksum will do, and what is forbidden cannot be approved", async () => {
  const [waiting] = await pending();
  const part = await new DriftCommand([project]).approve(waiting?.checksum.slice(0, 12));
  expect([part.code, part.errors]).toEqual([64, expect.stringContaining("is not a whole checksum")]);
  const tooOld = new DriftCommand([project], { limits: { planAgeMinutes: 0 } });
  const { code, document } = await tooOld.approve(waiting?.checksum);
  const [stack] = document?.stacks ?? [];
  expect([code, stack?.checksum, stack?.outcome]).toEqual([4, waiting?.checksum, "forbidden"]);
  expect([applied().length, await pending()]).toEqual([2, []]);
});

test("another runner, which knows nothing of the plan, plans again and applies the same", async () => {
  const { document } = await new DriftCommand([project]).run();
  const elsewhere = { UNEXPIRED_STATE_DIR: join(project.folder, "elsewhere") };
  const other = await new DriftCommand([project], {}, elsewhere).approve(document?.stacks[0]?.checksum);
  expect([other.code, other.document?.stacks[0]?.outcome]).toEqual([0, "applied"]);
  expect(applied()).toEqual(["one", "two", "three"]);
  const unknown = await new DriftCommand([project], {}, elsewhere).approve("0".repeat(64));
  expect(unknown.document?.stacks[0]?.failure?.code).toBe("plan_changed");
});

test("the kept plan is the one that is applied; where the state has moved, one that is made anew and does the same", async () => {
  // never the same plan twice
  const onceOnly = "lifecycle { ignore_changes = [input] }";
  await change("four", `resource "terraform_data" "now" {\n  input = plantimestamp()\n  ${onceOnly}\n}\n`);
  const command = new DriftCommand([project]);
  const { document } = await command.run();
  expect((await command.approve(document?.stacks[0]?.checksum)).code).toBe(0);
  await change("five");
  const { document: next } = await command.run();
  await project.succeed(["state", "mv", "terraform_data.kept", "terraform_data.held"]);
  await project.succeed(["state", "mv", "terraform_data.held", "terraform_data.kept"]);
  const moved = await command.approve(next?.stacks[0]?.checksum);
  expect([moved.code, applied()]).toEqual([0, ["one", "two", "three", "four", "five"]]);
});

test("what fails in an apply is told without what the plan marks as sensitive", async () => {
  await change(
    "six",
    'resource "terraform_data" "bad" {\n  provisioner "local-exec" { command = "echo ${var.value}; exit 3" }\n}\n',
  );
  const command = new DriftCommand([project]);
  const { document } = await command.run();
  const { code, output, errors, document: failed } = await command.approve(document?.stacks[0]?.checksum);
  const [stack] = failed?.stacks ?? [];
  expect([code, stack?.failure?.step]).toEqual([1, "apply"]);
  expect(stack?.failure?.message).toContain("Error running command 'echo [redacted]; exit 3'");
  expect([output, errors, ...textsIn(state())].join()).not.toContain("hush");
});

test("a plan that nobody decides on goes after a day, whatever is run", async () => {
  await change("seven");
  const command = new DriftCommand([project]);
  await command.run();
  const folder = join(state(), "drift", readdirSync(join(state(), "drift")).find((name) => name !== "runs") ?? "");
  expect(statSync(join(folder, "pending/plan")).mode & 0o777).toBe(0o600);
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
  utimesSync(join(folder, "pending/plan"), twoDaysAgo, twoDaysAgo);
  await command.run("--terraform-bin", join(project.folder, "nowhere"));
  expect(existsSync(join(folder, "pending"))).toBe(false);
});
