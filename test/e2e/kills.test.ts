/**
 * The provider is killed (kill -9) in the middle of each request that an apply makes, as a runner that is taken away
 * kills it. The sandbox holds the request until terraform has given up, and then carries it out all the same: the worst
 * case, since nobody hears the answer. Applying once more must converge, whatever was under way.
 */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { nameTag } from "../../src/issuance/certificate-tags";
import { shakeHands, type Handshake } from "../../src/rollout/shake-hands";
import { noRateLimits } from "../../src/sandbox/acme-ca/rate-limits/rate-limits";
import type { GateTrap, SandboxRequest } from "../../src/sandbox/request-gate";
import { childProcesses } from "../support/child-processes";
import { issuerArgument, startProviderWorld, type ProviderWorld } from "../support/provider-world";
import { createHttpsListener } from "../support/query-client";
import type { TerraformProject } from "../support/terraform";

/** Sandboxes side by side: a trap belongs to one sandbox, and with two cores waiting costs more than work. */
const laneCount = 3;

interface Lane {
  readonly world: ProviderWorld;
  readonly project: TerraformProject;
}

let lanes: Lane[] = [];
const start = async (hcl: (world: ProviderWorld) => string) => {
  for (let count = 0; count < laneCount; count++) {
    const world = await startProviderWorld({ rateLimits: noRateLimits });
    lanes.push({ world, project: await world.project(hcl(world)) });
  }
};
afterEach(async () => {
  await Promise.all(lanes.map(({ world }) => world.close()));
  lanes = [];
});

type KillPoint = Pick<GateTrap, "part" | "nth"> & { readonly operation: string };

/** Each request of a run as the Nth of its kind. Name servers are only read, in rounds that differ from run to run. */
function killPoints(history: readonly SandboxRequest[]): KillPoint[] {
  const counts = new Map<string, number>();
  return history
    .filter(({ part }) => part !== "dns")
    .map(({ part, operation }) => {
      const nth = (counts.get(`${part} ${operation}`) ?? 0) + 1;
      counts.set(`${part} ${operation}`, nth);
      return { part, operation, nth };
    });
}

/** Runs an apply, and kills the provider at the point if the run gets there; says whether it did. */
async function applyAndKill({ world, project }: Lane, point: KillPoint, args: readonly string[]): Promise<boolean> {
  const trap = world.sandbox.gate.set({ ...point, action: "hold" });
  let terraform = 0;
  const running = project.run(["apply", "-no-color", "-input=false", "-auto-approve", ...args], {
    onStart: ({ pid = 0 }) => (terraform = pid),
  });
  const caught = await Promise.race([trap.caught.then(() => true), running.then(() => false)]);
  if (caught) for (const pid of childProcesses(terraform, "unexpired")) process.kill(pid, "SIGKILL");
  const { exitCode } = await running;
  trap.release();
  if (caught && exitCode === 0) throw new Error(`killed at ${JSON.stringify(point)}, terraform ended with 0`);
  return caught;
}

/** Deals the work out to the lanes; each does its share one after the other. */
async function onAllLanes<T>(items: readonly T[], work: (lane: Lane, item: T, index: number) => Promise<void>) {
  await Promise.all(
    lanes.map(async (lane, position) => {
      for (let index = position; index < items.length; index += lanes.length)
        await work(lane, items[index] as T, index);
    }),
  );
}

/** Another plan has nothing to do; no TXT value, no journal and no second certificate is left. */
async function expectConverged({ world, project }: Lane, name: string, args: readonly string[]) {
  const { exitCode, output } = await project.plan(...args);
  expect([exitCode, exitCode === 0 || output]).toEqual([0, true]);
  expect(world.sandbox.zones.recordSet("example.gov", `_acme-challenge.${name}.example.gov`, "TXT")).toBeUndefined();
  expect(readdirSync(join(world.folder, "state/journal"))).toEqual([]);
  const { acm } = world.sandbox.account.region();
  expect(acm.all().filter(({ tags }) => tags.get(nameTag) === name)).toHaveLength(1);
}

/** Polls come as often as they are needed, so that only the first request of a kind must be met. */
const mustBeMet = ({ nth }: KillPoint) => nth === 1;

test("create: killed at each of its requests, it converges with the next apply", async () => {
  await start(
    (world) => `
variable "name" {}
resource "unexpired_certificate" "it" {
  name         = var.name
  domain_names = ["\${var.name}.example.gov", "*.\${var.name}.example.gov"]
  issuer       = ${issuerArgument(world.sandbox)}
  zones        = [{ name = "example.gov" }]
}
`,
  );
  const argsOf = (name: string) => [`-state=${name}.tfstate`, `-var=name=${name}`];
  const [first] = lanes as [Lane];
  await first.project.apply(...argsOf("recorded"));
  const points = killPoints(first.world.sandbox.gate.history);
  const missed: KillPoint[] = [];
  await onAllLanes(points, async (lane, point, index) => {
    const name = `kill-${index}`;
    // As on a new machine: the ACME account is made by this very run.
    rmSync(join(lane.project.folder, "home/.local"), { recursive: true, force: true });
    if (!(await applyAndKill(lane, point, argsOf(name)))) missed.push(point);
    await lane.project.apply(...argsOf(name));
    await expectConverged(lane, name, argsOf(name));
  });
  expect(missed.filter(mustBeMet)).toEqual([]);
});

test("renew: killed at each of its requests, the listener keeps a valid certificate, and the next apply converges", async () => {
  const perLane = 11;
  await start(
    (world) => `
variable "ari" { default = true }
resource "unexpired_certificate" "it" {
  count        = ${perLane}
  name         = "renew-\${count.index}"
  domain_names = ["renew-\${count.index}.example.gov", "*.renew-\${count.index}.example.gov"]
  issuer       = ${issuerArgument(world.sandbox)}
  zones        = [{ name = "example.gov" }]
  renewal      = { ari = var.ari }
}
`,
  );
  // Made without asking the CA, which then moves all windows into the past; the second apply learns that, no more.
  const listeners = new Map<Lane, Listener[]>();
  await onAllLanes(lanes, async (lane) => {
    await lane.project.apply("-var=ari=false");
    listeners.set(lane, await attachAll(lane, perLane));
    const { acme } = lane.world.sandbox;
    const window = { start: new Date(Date.now() - 7200_000), end: new Date(Date.now() - 3600_000) };
    for (const { serial } of acme.certificates()) acme.setRenewalWindow(serial, window);
    await lane.project.apply();
  });
  const used = new Map(lanes.map((lane) => [lane, 0]));
  const take = (lane: Lane) => {
    const index = used.get(lane) ?? 0;
    const listener = listeners.get(lane)?.[index];
    if (listener === undefined) throw new Error(`${perLane} certificates are too few for this many requests`);
    used.set(lane, index + 1);
    return { listener, args: [`-target=unexpired_certificate.it[${index}]`] };
  };
  const [first] = lanes as [Lane];
  const before = first.world.sandbox.gate.history.length;
  const recorded = take(first);
  await first.project.apply(...recorded.args);
  expect((await visit(first, recorded.listener)).serial).not.toBe(recorded.listener.serial);
  const points = killPoints(first.world.sandbox.gate.history.slice(before));
  const missed: KillPoint[] = [];
  await onAllLanes(points, async (lane, point) => {
    const { listener, args } = take(lane);
    if (!(await applyAndKill(lane, point, args))) missed.push(point);
    await visit(lane, listener);
    await lane.project.apply(...args);
    expect((await visit(lane, listener)).serial).not.toBe(listener.serial);
    await expectConverged(lane, listener.name, args);
  });
  expect(missed.filter(mustBeMet)).toEqual([]);
});

interface Listener {
  readonly name: string;
  readonly arn: string;
  /** Of the first certificate. */
  readonly serial: string;
}

/** A listener for each certificate, attached by its ARN. */
async function attachAll({ world, project }: Lane, count: number): Promise<Listener[]> {
  const { aws, loadBalancers } = world.sandbox;
  const loadBalancerArn = loadBalancers.get("web") ?? "";
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const certificate = await project.attributes(`unexpired_certificate.it[${index}]`);
      const certificateArn = String(certificate.arn);
      const arn = await createHttpsListener(aws, { loadBalancerArn, certificateArn, port: 4430 + index });
      return { name: `renew-${index}`, arn, serial: String(certificate.serial) };
    }),
  );
}

/** A verified handshake: rejects where the listener has no valid certificate for the name. */
function visit({ world }: Lane, { name, arn }: Listener): Promise<Handshake> {
  const address = world.sandbox.account.frontEnd(arn);
  if (address === undefined) throw new Error(`nothing answers for ${arn}`);
  return shakeHands({ ...address, serverName: `${name}.example.gov`, ca: world.sandbox.acme.roots.join("\n") });
}
