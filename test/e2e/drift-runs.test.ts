/** Runs of drift-check by real terraform that come to an end: what is applied, what is told of it, what is remembered. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { RunHistory } from "../../src/drift/history/run-history";
import { noticeDocumentShape, type NoticeDocument } from "../../src/drift/notify/notice-document-shape";
import { systemClock } from "../../src/platform/clock";
import { DriftCommand } from "../support/drift/drift-command";
import { DriftWorld } from "../support/drift/drift-world";
import { piecesOf, textOf } from "../support/drift/stack-of-everything";
import type { TerraformProject } from "../support/terraform";

let world: DriftWorld;
let project: TerraformProject;
const secret = "hush: nobody is to read this";

beforeAll(async () => {
  world = await DriftWorld.start();
  const follower = 'resource "terraform_data" "serial" { input = unexpired_certificate.web.serial }\n';
  project = await world.applied(textOf({ ...piecesOf(world), more: follower }), { TF_VAR_token: secret });
}, 120_000);
afterAll(() => world.close());

const serial = async () => String((await project.attributes("unexpired_certificate.web")).serial);
const follow = [{ type: "terraform_data", attributes: ["input", "output"] }];
const stateFolder = () => join(world.world.folder, "state/drift");
const ownFolder = () => join(stateFolder(), readdirSync(stateFolder()).find((name) => name !== "runs") ?? "");
const textsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));

test("empty, due, told, applied, empty again; nothing of it tells a secret, and no plan is left", async () => {
  const command = new DriftCommand([project], { follow, verify: await world.verification(project) });
  const empty = await command.run("--apply");
  expect([empty.code, empty.document?.stacks[0]?.outcome]).toEqual([0, "no-op"]);
  await world.makeDue(project);
  const first = await serial();
  const told = await command.run();
  expect([told.code, told.document?.stacks[0]?.outcome, await serial()]).toEqual([2, "safe", first]);
  expect(told.output).toContain("nothing was changed: --apply does what is safe");

  const files = ["junit", "summary", "metrics"].map((name) => join(project.folder, name));
  const args = ["junit", "summary", "metrics"].flatMap((name, index) => [`--${name}`, files[index] ?? ""]);
  const applied = await command.run("--apply", ...args);
  const [stack] = applied.document?.stacks ?? [];
  expect([applied.code, stack?.outcome, stack?.failure]).toEqual([0, "applied", undefined]);
  expect(stack?.checksum).toBe(told.document?.stacks[0]?.checksum);
  expect(stack?.changes.map(({ address }) => address)).toEqual([
    "terraform_data.serial",
    "unexpired_certificate.web",
    "output serial",
  ]);
  const second = await serial();
  expect(second).not.toBe(first);
  expect(stack?.served.map(({ serial: seen, serverName }) => [seen, serverName])).toEqual([
    [second, undefined],
    [second, "web.example.gov"],
  ]);
  const again = await command.run("--apply");
  expect([again.code, again.document?.stacks[0]?.outcome]).toEqual([0, "no-op"]);

  const reports = files.map((file) => readFileSync(file, "utf8")).join();
  const kept = textsIn(stateFolder());
  expect(reports + JSON.stringify(applied) + applied.output + kept.join()).not.toMatch(/hush|BEGIN CERTIFICATE/);
  expect(readdirSync(ownFolder()).sort()).toEqual(["lock", "versions.json"]);
  const run = await new RunHistory(join(world.world.folder, "state"), systemClock).latest();
  expect([run?.document, kept.length]).toEqual([again.document, 2 + 2 * 4]);
});

test("what follows from a renewal needs approval where it is not listed", async () => {
  await world.makeDue(project);
  const { code, document } = await new DriftCommand([project]).run("--apply");
  expect([code, document?.stacks[0]?.findings.map(({ rule, subject, value }) => [rule, subject, value])]).toEqual([
    3,
    [["only-renewals", "terraform_data.serial", "update"]],
  ]);
});

test("planned with another version of the provider than before: the first plan with changes is looked at", async () => {
  await world.makeDue(project);
  const file = join(ownFolder(), "versions.json");
  const versions = readFileSync(file, "utf8");
  expect(JSON.parse(versions)).toMatchObject({ terraform: expect.stringMatching(/^1\./) as string });
  writeFileSync(file, versions.replace(/(unexpired\/unexpired":)"[^"]+"/, '$1"0.0.9"'));
  const { code, document } = await new DriftCommand([project], { follow }).run("--apply");
  writeFileSync(file, versions);
  expect([code, document?.stacks[0]?.findings.map(({ rule, value }) => [rule, value])]).toEqual([
    3,
    [["same-versions", expect.stringMatching(/^0\.0\.9 to 0\.1\.0$/)]],
  ]);
});

test("an import that fails: the renewal is still to do, and the next run does it", async () => {
  await world.makeDue(project);
  const before = await serial();
  const failing = {
    part: "aws",
    operation: "ImportCertificate",
    nth: 1,
    times: Infinity,
    action: "fail-before",
  } as const;
  const trap = world.world.sandbox.gate.set(failing);
  const command = new DriftCommand([project], { follow, verify: { handshakes: false } });
  const failed = await command.run("--apply");
  trap.release();
  const [stack] = failed.document?.stacks ?? [];
  expect([failed.code, stack?.failure?.step, stack?.failure?.code]).toEqual([1, "apply", "terraform_failed"]);
  expect(await serial()).toBe(before);
  const next = await command.run("--apply");
  expect([next.code, next.document?.stacks[0]?.outcome]).toEqual([0, "applied"]);
  expect(await serial()).not.toBe(before);
});

test("an attachment is taken away outside terraform: nothing is put back unattended", async () => {
  const arn = String((await project.attributes("unexpired_certificate.api")).arn);
  const listener = String((await project.attributes("aws_lb_listener.https")).arn);
  await world.world.access().loadBalancers().removeListenerCertificate(listener, arn);
  const { code, document } = await new DriftCommand([project], { follow }).run("--apply");
  expect([code, document?.stacks[0]?.findings.map(({ rule, subject, value }) => [rule, subject, value])]).toEqual([
    3,
    [
      ["only-renewals", "aws_lb_listener_certificate.api", "create"],
      ["no-outside-drift", "aws_lb_listener_certificate.api", "delete"],
    ],
  ]);
});

test("people are told of it once, and a receiver that is gone changes nothing", async () => {
  const told: NoticeDocument[] = [];
  const receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      told.push(noticeDocumentShape.parse(JSON.parse(body)));
      response.end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  const file = join(project.folder, "webhook");
  writeFileSync(file, `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hush-hush\n`);
  const command = new DriftCommand([project], { follow, notify: [{ webhook: { url: { file } } }] });
  const first = await command.run();
  const second = await command.run();
  receiver.closeAllConnections();
  await new Promise((done) => receiver.close(done));
  expect([first.code, second.code]).toEqual([3, 3]);
  expect(told.map(({ kind, stacks }) => [kind, stacks[0]?.command])).toEqual([
    ["needs-approval", first.document?.stacks[0]?.approveWith],
  ]);
  expect(first.errors).not.toContain("told of the run");

  rmSync(join(stateFolder(), "notices.json"));
  const third = await command.run();
  expect([third.code, third.document?.stacks[0]?.outcome]).toEqual([3, "needs-approval"]);
  expect(third.errors).toContain(
    `not everybody was told of the run: webhook in ${file} cannot be reached: ECONNREFUSED`,
  );
  expect((await command.run("--no-notify")).errors).not.toContain("told of the run");
  expect(third.errors + third.output + textsIn(stateFolder()).join() + JSON.stringify(told)).not.toContain("hush");
});
