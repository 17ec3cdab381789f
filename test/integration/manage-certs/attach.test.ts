/** Certificates put on listeners of the sandbox, proved by its front ends, and put back where they cannot be. */
import type { AttachmentWishes } from "../../../src/manage-certs/attach/attachment-plan";
import { listenersCalled } from "../../../src/manage-certs/attach/listeners-called";
import { planAttachments } from "../../../src/manage-certs/attach/plan-attachments";
import { runAttachments, type AttachmentReport } from "../../../src/manage-certs/attach/run-attachments";
import type { RenewParts } from "../../../src/manage-certs/renew/renew-parts";
import { RenewWorld, withDaysLeft, type Held } from "../../support/renew-world";

let world: RenewWorld;
let main: Held;
let next: Held;
beforeEach(async () => {
  world = await RenewWorld.start();
  main = await world.importPaid({ names: ["main.example.gov"], ...withDaysLeft(40) });
  next = await world.importPaid({ names: ["app.example.gov"], ...withDaysLeft(80) });
});
afterEach(() => world.close());

async function attach(
  { arn }: Held,
  listeners: readonly string[],
  wishes: Partial<AttachmentWishes> = {},
  changes: Partial<RenewParts> = {},
): Promise<readonly AttachmentReport[]> {
  const estate = await world.scan();
  const certificate = estate.certificates.find((each) => each.arn === arn);
  if (certificate === undefined) throw new Error(`${arn} was not scanned`);
  const all = { detachOld: false, certificatesPerLoadBalancer: 25, ...wishes };
  const planned = planAttachments(certificate, listenersCalled(listeners, estate), all, estate);
  return runAttachments(certificate, planned, world.parts(estate, changes), {
    onStep: (step, where) => world.steps.push(`${step} ${where}`),
    onDone: () => undefined,
  });
}

const served = (listenerArn: string) => world.world.aws.loadBalancers().listListenerCertificates(listenerArn);
const told = (reports: readonly AttachmentReport[]) =>
  reports.map(({ outcome, error }) => outcome?.result ?? error?.message ?? "not begun");
const entries = (defaultArn: string, ...sniArns: readonly string[]) => ({
  defaultCertificateArn: defaultArn,
  sniCertificateArns: sniArns,
});

test("on the lists of two listeners, one after the other; a second run proves what is there and changes nothing", async () => {
  const [first, second] = [await world.listener("first", main.arn), await world.listener("second", main.arn)];
  expect(told(await attach(next, ["first", second]))).toEqual(["attached", "attached"]);
  for (const listener of [first, second]) expect(await served(listener)).toEqual(entries(main.arn, next.arn));
  expect(world.steps).toEqual([
    ...["check first:443", "check second:443"],
    ...["attach first:443", "prove first:443", "attach second:443", "prove second:443"],
  ]);
  world.steps.length = 0;
  expect(told(await attach(next, ["first", "second"]))).toEqual(["left", "left"]);
  expect(world.steps).toEqual(["check first:443", "check second:443", "prove first:443", "prove second:443"]);
});

test("a new default: the former one stays on the list, or goes, and others of the list stay", async () => {
  const foreign = await world.importPaid({ names: ["foreign.example.gov"], ...withDaysLeft(60) });
  const kept = await world.listener("kept", main.arn, foreign.arn);
  const [report] = await attach(next, ["kept"], { role: "default" });
  expect(report?.outcome?.warnings).toEqual([expect.stringContaining("--detach-old takes it off")]);
  expect(await served(kept)).toEqual(entries(next.arn, foreign.arn, main.arn));

  const whole = await world.listener("whole", main.arn, foreign.arn);
  expect(told(await attach(next, ["whole"], { role: "default", detachOld: true }))).toEqual(["attached"]);
  expect(await served(whole)).toEqual(entries(next.arn, foreign.arn));
});

test("what AWS left of a replaced default is taken off by a later run that is asked to", async () => {
  const old = await world.importPaid({ names: ["app.example.gov"], ...withDaysLeft(5) });
  const web = await world.listener("web", old.arn);
  await world.world.aws.loadBalancers().modifyDefaultCertificate(web, next.arn);
  expect(await served(web)).toEqual(entries(next.arn, old.arn));
  expect(told(await attach(next, ["web"], { role: "default", detachOld: true }))).toEqual(["attached"]);
  expect(await served(web)).toEqual(entries(next.arn));
});

test.each<[string, Partial<AttachmentWishes>]>([
  ["list", {}],
  ["default", { role: "default" }],
  ["default that follows", { role: "default", detachOld: true }],
])("%s: an address that does not serve it: put back, and the rest is not begun", async (_, wishes) => {
  const first = await world.listener("first", main.arn);
  const second = await world.listener("second", main.arn);
  const third = await world.listener("third", main.arn);
  await world.addLaggingAddress(second, main);
  const reports = await attach(next, ["first", "second", "third"], wishes, { waitMs: 300 });
  expect(told(reports)).toEqual([
    "attached",
    expect.stringMatching(/^serial .* is not served everywhere: second:443 at .*; second:443 is what it was$/),
    "not begun",
  ]);
  expect((await served(first)).defaultCertificateArn).toBe(wishes.role === "default" ? next.arn : main.arn);
  for (const listener of [second, third]) expect(await served(listener)).toEqual(entries(main.arn));
  expect(world.steps.filter((step) => /third/.test(step))).toEqual(["check third:443"]);
});

test("what was on the list before is there after a change that is put back", async () => {
  const web = await world.listener("web", main.arn, main.arn, next.arn);
  await world.addLaggingAddress(web, main);
  const wishes = { role: "default", detachOld: true } as const;
  expect(told(await attach(next, ["web"], wishes, { waitMs: 300 }))).toEqual([
    expect.stringContaining("web:443 is what it was"),
  ]);
  const { defaultCertificateArn, sniCertificateArns } = await served(web);
  expect([defaultCertificateArn, [...sniCertificateArns].sort()]).toEqual([main.arn, [main.arn, next.arn].sort()]);
});

test("where one listener cannot be reached, or one is blocked, nothing is changed at any", async () => {
  const first = await world.listener("first", main.arn);
  const hidden = await world.listener("hidden", main.arn);
  world.hide(hidden);
  expect(told(await attach(next, ["first", "hidden"]))).toEqual([
    "not begun",
    expect.stringContaining("no client is answered at hidden:443, so that the certificate could not be proved there"),
  ]);
  const over = await world.importPaid({ names: ["app.example.gov"], ...withDaysLeft(80) });
  const unproved = { unproved: true };
  expect(told(await attach(over, ["first", "hidden"], { certificatesPerLoadBalancer: 0 }, unproved))).toEqual([
    expect.stringContaining("where AWS allows 0"),
    expect.stringContaining("where AWS allows 0"),
  ]);
  for (const listener of [first, hidden]) expect(await served(listener)).toEqual(entries(main.arn));
  const [, report] = await attach(next, ["first", "hidden"], {}, unproved);
  expect(report?.outcome).toMatchObject({
    result: "attached",
    warnings: ["no client is seen to get it there, and so nothing is proved"],
  });
});
