/** Runs and approvals that are killed at each of their steps: nothing is applied twice, and nothing half-said. */
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { RunHistory } from "../../src/drift/history/run-history";
import { systemClock } from "../../src/platform/clock";
import { startStateServer } from "../../src/sandbox/state-server/start-state-server";
import { DriftCommand, type Started } from "../support/drift/drift-command";
import { DriftWorld, listenerOf } from "../support/drift/drift-world";
import type { TerraformProject } from "../support/terraform";
import { until } from "../support/until";

let world: DriftWorld;
let project: TerraformProject;
let words = 0;

beforeAll(async () => {
  world = await DriftWorld.start();
  project = await world.applied(stackWith("w0"));
}, 120_000);
afterAll(() => world.close());

/** Each apply of another word leaves a line in a file. */
function stackWith(word: string): string {
  return `
resource "terraform_data" "word" {
  triggers_replace = ["${word}"]
  provisioner "local-exec" { command = "echo ${word} >> applied.txt" }
}
`;
}

const file = (name: string) => join(project.folder, name);
const timesApplied = (word: string) =>
  readFileSync(file("applied.txt"), "utf8")
    .split("\n")
    .filter((line) => line === word).length;
const runsKept = async () => (await new RunHistory(join(world.world.folder, "state"), systemClock).list()).length;

/** Another word, whose plan waits for an approval; resolves to its checksum. */
async function asked(): Promise<{ readonly word: string; readonly checksum: string | undefined }> {
  const word = `w${++words}`;
  await project.write({ "stack.tf": stackWith(word) });
  const { document } = await new DriftCommand([project]).run();
  return { word, checksum: document?.stacks[0]?.checksum };
}

/** A terraform that waits while the file `hold` is there: before its nth COMMAND, or after it. */
function waitingAt(command: string, nth: number, when: "before" | "after"): string {
  for (const name of readdirSync(project.folder)) if (name.startsWith("count-")) rmSync(file(name));
  writeFileSync(file("hold"), "");
  const hold = "echo $$ > held.new; mv held.new held; while [ -e hold ]; do sleep 0.05; done";
  const script = `#!/bin/sh
echo x >> count-$1
if [ "$1" != ${command} ] || [ "$(wc -l < count-$1)" != ${nth} ]; then exec terraform "$@"; fi
${when === "before" ? `${hold}; exec terraform "$@"` : `terraform "$@"; code=$?; ${hold}; exit $code`}
`;
  writeFileSync(file("shim.sh"), script, { mode: 0o755 });
  return file("shim.sh");
}

/** Kills drift-check while its terraform waits, then lets terraform go on and waits for its end. */
async function killed({ child, ended }: Started): Promise<void> {
  await until(() => existsSync(file("held")));
  child.kill("SIGKILL");
  const { output, document } = await ended;
  expect([output, document]).toEqual(["", undefined]);
  const terraform = readFileSync(file("held"), "utf8").trim();
  const meanwhile = await new DriftCommand([project]).run();
  expect(meanwhile.document?.stacks[0]?.failure?.code).toBe("locked");
  rmSync(file("hold"));
  await until(() => !readdirSync("/proc").includes(terraform));
  rmSync(file("held"));
}

test.each([
  ["init", 1, "before", 0],
  ["show", 1, "before", 0],
  ["apply", 1, "before", 1],
  ["apply", 1, "after", 1],
  ["plan", 1, "before", 1],
  ["show", 2, "after", 1],
] as const)("an approval is killed at its %s %i, %s", async (command, nth, when, appliedByThen) => {
  const { word, checksum } = await asked();
  const kept = await runsKept();
  const shim = waitingAt(command, nth, when);
  await killed(new DriftCommand([project]).startApprove(checksum, "--terraform-bin", shim));
  expect([timesApplied(word), await runsKept()]).toEqual([appliedByThen, kept + 1]);
  const again = await new DriftCommand([project]).approve(checksum);
  const [stack] = again.document?.stacks ?? [];
  expect([again.code, stack?.failure?.code, timesApplied(word)]).toEqual(
    appliedByThen === 0 ? [0, undefined, 1] : [1, "plan_changed", 1],
  );
  const after = await new DriftCommand([project]).run();
  expect([after.code, after.document?.stacks[0]?.outcome]).toEqual([0, "no-op"]);
});

test.each([
  ["init", "before"],
  ["plan", "after"],
  ["show", "after"],
] as const)(
  "a run is killed %s, %s: what waited before still waits, and the next run says it all",
  async (command, when) => {
    const { checksum, word } = await asked();
    const shim = waitingAt(command, 1, when);
    await killed(new DriftCommand([project]).start("--terraform-bin", shim));
    const next = await new DriftCommand([project]).run();
    expect([next.code, next.document?.stacks[0]?.checksum, timesApplied(word)]).toEqual([3, checksum, 0]);
  },
);

test("a run is killed after it applied one stack, while another is worked on: the ledger has the first", async () => {
  const renewed = await world.applied(world.certificate("web"));
  await world.makeDue(renewed);
  const shim = waitingAt("plan", 1, "before");
  const command = new DriftCommand([renewed, project], { verify: { handshakes: false } });
  const { child, ended } = command.start("--apply", "--terraform-bin", shim);
  const ledger = join(world.world.folder, "state/ledger.jsonl");
  const appliedRuns = () =>
    readFileSync(ledger, "utf8")
      .split("\n")
      .filter((line) => line.includes('"drift.checked"') && line.includes('"verdict":"safe"')).length;
  const before = appliedRuns();
  await until(() => existsSync(file("held")) && appliedRuns() === before + 1);
  await killed({ child, ended });
});

test("a run is killed while it shakes hands: what it applied stays, and the next run finds it served", async () => {
  const served = await world.applied(`${world.certificate("web")}${listenerOf("web")}`);
  const verification = await world.verification(served);
  await world.makeDue(served);
  const orders = world.orders();
  let isAsked = false;
  const silent = createServer(() => (isAsked = true)).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const verify = { ...verification, connectTo: [`:443:127.0.0.1:${port}`] };
  const { child, ended } = new DriftCommand([served], { verify }).start("--apply");
  await until(() => isAsked);
  child.kill("SIGKILL");
  await ended;
  silent.close();
  const next = await new DriftCommand([served], { verify: verification }).run("--apply");
  expect([next.code, next.document?.stacks[0]?.outcome, world.orders()]).toEqual([0, "no-op", orders + 1]);
});

test("a run is killed while it writes what it came to: that run is there whole, or not at all", async () => {
  await asked();
  const folder = join(world.world.folder, "state/drift/runs");
  const { child, ended } = new DriftCommand([project]).start();
  const watcher = watch(folder, () => child.kill("SIGKILL"));
  await ended;
  watcher.close();
  const history = new RunHistory(join(world.world.folder, "state"), systemClock);
  for await (const { document } of history.runs()) expect(document.stacks.length).toBe(1);
  const next = await new DriftCommand([project]).run();
  expect(next.code).toBe(3);
});

test("two runners with nothing in common approve the same: one applies, the other is told that it is done", async () => {
  const { word, checksum } = await asked();
  const shim = waitingAt("apply", 1, "before");
  const one = new DriftCommand([project]).startApprove(checksum, "--terraform-bin", shim);
  await until(() => existsSync(file("held")));
  const elsewhere = { UNEXPIRED_STATE_DIR: file("elsewhere") };
  const other = await new DriftCommand([project], {}, elsewhere).approve(checksum);
  expect([other.code, other.document?.stacks[0]?.outcome]).toEqual([0, "applied"]);
  rmSync(file("hold"));
  const { code, document } = await one.ended;
  rmSync(file("held"));
  expect([code, document?.stacks[0]?.failure?.code, document?.stacks[0]?.approvedBy]).toEqual([
    1,
    "plan_changed",
    undefined,
  ]);
  expect(timesApplied(word)).toBe(1);
});

test("the disk is full: nothing is applied and nothing is kept, and what waited still waits", async () => {
  const { word, checksum } = await asked();
  const kept = await runsKept();
  const full = new DriftCommand([project], {}, {}, "ulimit -f 1");
  const { code, output, errors } = await full.approve(checksum, "--terraform-bin", file("nowhere"));
  expect([code, output]).toEqual([1, expect.stringContaining("failed: init")]);
  expect(errors).toMatch(/the run is not kept .*what was done is not in the ledger/s);
  const planned = await full.run();
  expect([planned.code, planned.document]).toEqual([1, undefined]);
  expect(planned.output).toContain("failed: plan");
  expect([await runsKept(), timesApplied(word)]).toEqual([kept, 0]);
  expect((await new DriftCommand([project]).approve(checksum)).code).toBe(0);
});

test("the disk is full once a plan is applied: that is said with all that could not be written, and it is applied once", async () => {
  const { word, checksum } = await asked();
  const kept = await runsKept();
  const script = '#!/bin/sh\nulimit -S -f unlimited\nexec terraform "$@"\n';
  writeFileSync(file("shim.sh"), script, { mode: 0o755 });
  const full = new DriftCommand([project], {}, {}, "ulimit -S -f 0");
  const { code, output, errors, document } = await full.approve(checksum, "--terraform-bin", file("shim.sh"));
  expect([code, output]).toEqual([1, expect.stringContaining("applied, then failed: apply")]);
  expect([document, await runsKept()]).toEqual([undefined, kept]);
  expect(errors).toMatch(/not in the ledger.*the run is not kept.*cannot write/s);
  const next = await new DriftCommand([project]).run("--apply");
  expect([next.code, next.document?.stacks[0]?.outcome, timesApplied(word)]).toEqual([0, "no-op", 1]);
});

test("terraform's lock of the state is lost in the middle of an apply: on this machine nobody else begins", async () => {
  const states = await startStateServer();
  const address = states.address("web");
  const places = ["address", "lock_address", "unlock_address"].map((name) => `    ${name} = "${address}"`);
  const other = await world.world.project(`terraform {\n  backend "http" {\n${places.join("\n")}\n  }\n}\n`);
  const slow = "touch begun; while [ ! -e go-on ]; do sleep 0.05; done; echo done >> applied.txt";
  await other.write({
    "stack.tf": `resource "terraform_data" "slow" {\n  provisioner "local-exec" { command = "${slow}" }\n}\n`,
  });
  const command = new DriftCommand([other]);
  const { document } = await command.run();
  const [{ checksum } = {}] = document?.stacks ?? [];
  const { ended } = command.startApprove(checksum);
  await until(() => existsSync(join(other.folder, "begun")));
  await fetch(address, { method: "UNLOCK" });
  expect(states.lockOf("web")).toBeUndefined();
  expect((await command.approve(checksum)).document?.stacks[0]?.failure?.code).toBe("locked");
  writeFileSync(join(other.folder, "go-on"), "");
  expect([(await ended).code, readFileSync(join(other.folder, "applied.txt"), "utf8")]).toEqual([0, "done\n"]);
  expect((await command.run()).document?.stacks[0]?.outcome).toBe("no-op");
  await states.close();
});
