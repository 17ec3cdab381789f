/**
 * `manage-certs renew --apply` on eight listeners, three of them nginx, with something wrong in the world: it is found
 * before any listener has the new certificate or at the first one, attachments go back, clients of the other listeners
 * notice nothing, and once the world is well again a further run gets everything done.
 */
import { renewalsDocumentShape } from "../../src/manage-certs/report/renewals-document-shape";
import type { FrontEndFaults } from "../../src/sandbox/load-balancer/front-end-faults";
import type { IssuingMistake } from "../../src/sandbox/acme-ca/issuing/issuing-mistakes";
import { withDaysLeft } from "../support/renew-world";
import { EightFrontEnds, listenerNames, ownName, roleAt, type ListenerName } from "../support/eight-front-ends";
import { frontEndFault, servedCertificate, type FrontEndFaultName } from "../support/front-end-faults";

const modes = {
  "under its ARN": {},
  // ACM takes no re-import that loses a key usage, and the CA gives none like this
  "by a successor": { keyUsage: ["digitalSignature", "dataEncipherment"] },
  "after a trial": {},
} as const;

type Mode = keyof typeof modes;

let front: EightFrontEnds;
afterEach(() => front.close());

/** A run with clients at all listeners; what it said, and what they saw. */
async function renew(...args: readonly string[]) {
  const probers = [...front.probe()];
  const { code, output, errors } = await front.command.run("renew", "--apply", "--json", ...args);
  const probed = new Map(await Promise.all(probers.map(async ([name, each]) => [name, await each.stop()] as const)));
  if (code === null || output === "") throw new Error(errors);
  const { certificates } = renewalsDocumentShape.parse(JSON.parse(output));
  return { code, report: certificates.find(({ arn }) => arn === front.own.arn), probed };
}

type Run = Awaited<ReturnType<typeof renew>>;

/** Clients of all but these saw no failure, and nothing but these serials. */
function expectQuiet({ probed }: Run, serials: readonly string[], ...except: readonly ListenerName[]): void {
  for (const [name, { good, failures, serials: seen }] of probed) {
    if (except.includes(name)) continue;
    expect([name, failures, seen.filter((serial) => !serials.includes(serial))]).toEqual([name, [], []]);
    expect(good).toBeGreaterThan(10);
  }
}

/** The world is well again: one more run, and every listener has the new certificate where it had the old one. */
async function expectConverged(before: ReturnType<EightFrontEnds["attachments"]>, ...args: readonly string[]) {
  const ordersBefore = front.world.orders();
  const again = await renew(...args);
  expect([again.code, again.report?.error]).toEqual([0, undefined]);
  const { arn, serial = "" } = again.report?.outcome ?? {};
  expectQuiet(again, [front.own.serial, front.neighbour.serial, serial]);
  const renamed = JSON.parse(JSON.stringify(before).replaceAll(front.own.arn, arn ?? "")) as typeof before;
  expect(front.attachments()).toEqual(renamed.map((each) => ({ ...each, sni: [...each.sni].sort() })));
  expect([...front.certificates().keys()].sort()).toEqual([arn, front.neighbour.arn].sort());
  expect(front.world.orders() - ordersBefore).toBeLessThanOrEqual(1);
  for (const name of listenerNames)
    expect([name, new Set(await front.serialsAt(name))]).toEqual([name, new Set([serial])]);
}

test.each<[IssuingMistake, Mode, RegExp]>([
  ["other key", "under its ARN", /its public key is not ours/],
  ["no intermediate", "under its ARN", /the chain has no intermediate/],
  ["ended", "by a successor", /it ended on/],
  ["not begun", "after a trial", /it begins only on/],
  ["other names", "under its ARN", /it does not hold app\.example\.gov/],
  ["unknown root", "under its ARN", /clients would refuse: the chain does not lead to a trusted root/],
])(
  "the CA's mistake, %s, %s: found before anything is changed",
  async (mistake, mode, why) => {
    front = await EightFrontEnds.start(modes[mode]);
    const { acme } = front.world.world.sandbox;
    const [before, certificates] = [front.attachments(), front.certificates()];
    const args = mode === "after a trial" ? ["--canary", "third:443"] : [];
    acme.setMistake(mistake);
    const run = await renew(...args);
    expect([run.code, run.report?.error]).toMatchObject([1, { code: "certificate_mismatch" }]);
    expect(run.report?.error?.message).toMatch(why);
    expect(acme.certificates()).toHaveLength(1);
    expectQuiet(run, [front.own.serial, front.neighbour.serial]);
    expect(front.attachments()).toEqual(before);
    expect(front.certificates()).toEqual(certificates);

    acme.setMistake(undefined);
    await expectConverged(before, ...args);
  },
  180_000,
);

function expectPutBack({ code, report }: Run, why: RegExp): void {
  expect([code, report?.error]).toMatchObject([1, { code: "handshake_failed" }]);
  expect(report?.error?.message).toMatch(why);
  expect(report?.error?.message).toMatch(/(; |, and )all attachments are what they were$/);
}

/** But a successor that is nowhere attached, and that the next run needs no order for. */
function expectNothingNew(before: ReadonlyMap<string, string | undefined>, mode: Mode): void {
  const added = [...front.certificates()].filter(([arn]) => !before.has(arn));
  expect(added).toHaveLength(mode === "by a successor" ? 1 : 0);
  expect(front.certificates()).toEqual(new Map([...before, ...added]));
}

/** Faults, and the key of another certificate beside the right one: nginx takes no such pair and goes on with the old. */
async function faultsOf(fault: FrontEndFaultName | "unpaired key"): Promise<FrontEndFaults> {
  const { ca } = front.world;
  const named = fault === "unpaired key" ? "wrong key" : fault;
  const faults = await frontEndFault(named, { ca, names: [ownName], addresses: 3 });
  if (fault !== "unpaired key" || faults.otherCertificate === undefined) return faults;
  const { privateKeyPem } = await servedCertificate(ca);
  return { otherCertificate: { ...faults.otherCertificate, privateKeyPem } };
}

test.each<[FrontEndFaultName | "unpaired key", ListenerName, Mode, RegExp]>([
  ["unpaired key", "third", "after a trial", /third:443 at \S+ without a name: serves serial/],
  ["wrong key", "third", "by a successor", /third:443 at \S+ without a name: serves serial/],
  ["wrong key", "second", "after a trial", /second:443 at \S+ for app\.example\.gov: serves serial/],
  ["missing intermediate", "fourth", "by a successor", /fourth:443 at \S+ .*the intermediate is missing/],
  ["missing intermediate", "first", "after a trial", /first:443 at \S+ .*the intermediate is missing/],
  ["expired", "fifth", "by a successor", /fifth:443 at \S+ .*serves serial/],
  ["wrong names", "sixth", "after a trial", /sixth:443 at \S+ .*serves serial/],
  ["lagging address", "first", "by a successor", /first:443 at 127\.0\.0\.3:\d+ .*serves serial/],
  ["lagging address", "fifth", "after a trial", /fifth:443 at 127\.0\.0\.1:\d+ .*serves serial/],
  ["refused connections", "second", "by a successor", /second:443 at 127\.0\.0\.1:\d+ .*ECONNREFUSED/],
])(
  "%s at the %s listener, %s: found there, and put back",
  async (fault, name, mode, why) => {
    front = await EightFrontEnds.start(modes[mode]);
    const [before, certificates] = [front.attachments(), front.certificates()];
    const change = roleAt(name) === "default" ? "ModifyListener" : "AddListenerCertificates";
    const [run] = await Promise.all([
      renew("--canary", `${name}:443`),
      front.setFaultsAtChange(name, change, await faultsOf(fault)),
    ]);
    expectPutBack(run, why);
    expectQuiet(run, [front.own.serial, front.neighbour.serial], name);
    expect(front.attachments()).toEqual(before);
    expectNothingNew(certificates, mode);

    await front.setFaults(name, {});
    await front.untilWell(name);
    await expectConverged(before, "--canary", `${name}:443`);
  },
  180_000,
);

test.each<[ListenerName, Mode]>([
  ["second", "by a successor"],
  ["seventh", "after a trial"],
])(
  "a certificate of somebody else that shadows the new one at the %s listener, %s: found there, and put back",
  async (name, mode) => {
    front = await EightFrontEnds.start(modes[mode]);
    const shadow = await front.shadow(name);
    const [before, certificates] = [front.attachments(), front.certificates()];
    const run = await renew("--canary", `${name}:443`);
    expectPutBack(run, new RegExp(`${name}:443 at \\S+ for app\\.example\\.gov: serves serial ${shadow.serial}`));
    expectQuiet(run, [front.own.serial, front.neighbour.serial], name);
    expectQuiet(run, [front.own.serial, front.neighbour.serial, shadow.serial, ...newSerials()]);
    expect(front.attachments()).toEqual(before);
    expectNothingNew(certificates, mode);

    await front.unshadow(name, shadow);
    await expectConverged(front.attachments(), "--canary", `${name}:443`);
  },
  180_000,
);

test("an address that serves something else all the time counts as well", async () => {
  front = await EightFrontEnds.start(modes["by a successor"]);
  const other = await front.world.importPaid({ names: [ownName], ...withDaysLeft(70) }, { ManagedBy: "Terraform" });
  await front.world.addLaggingAddress(front.arnOf("eighth"), other);
  const [before, certificates] = [front.attachments(), front.certificates()];
  const run = await renew("--canary", "eighth:443");
  expectPutBack(run, new RegExp(`eighth:443 at \\S+ .*serves serial ${other.serial}`));
  expectQuiet(run, [front.own.serial, front.neighbour.serial], "eighth");
  expect(front.attachments()).toEqual(before);
  expectNothingNew(certificates, "by a successor");

  front.world.healLaggingAddresses();
  await front.world.store.delete(other.arn);
  await expectConverged(before, "--canary", "eighth:443");
}, 180_000);

test.each<[FrontEndFaultName, ListenerName, RegExp]>([
  ["lagging address", "first", /first:443 at 127\.0\.0\.3:\d+ .*serves serial/],
  ["expired", "third", /third:443 at \S+ .*serves serial/],
  ["shadowed SNI", "second", /second:443 at \S+ for app\.example\.gov: serves serial/],
])(
  "%s at the %s listener, under its ARN and without a trial: said, with what is true, and nobody else is the worse",
  async (fault, name, why) => {
    front = await EightFrontEnds.start(modes["under its ARN"]);
    const before = front.attachments();
    const [run] = await Promise.all([
      renew(),
      front.setFaultsAtChange(name, "ImportCertificate", await faultsOf(fault)),
    ]);
    expectPutBack(run, why);
    expect(run.report?.error?.message).toContain(`it stays in ${front.own.arn}, since an import cannot be taken back`);
    expectQuiet(run, [front.own.serial, front.neighbour.serial, ...newSerials()], name);
    expect(front.attachments()).toEqual(before);

    await front.setFaults(name, {});
    expect(await renew()).toMatchObject({ code: 0, report: { action: "left" } });
    for (const each of listenerNames)
      expect([each, new Set(await front.serialsAt(each))]).toEqual([each, new Set(newSerials())]);
    expect(front.world.orders()).toBe(1);
  },
  180_000,
);

/** Of what the CA has issued. */
function newSerials(): string[] {
  return front.world.world.sandbox.acme.certificates().map(({ serial }) => serial);
}
