/** Renewals against the sandbox: its CA, its DNS, its AWS and its front ends. */
import { RenewWorld, withDaysLeft } from "../../support/renew-world";

let world: RenewWorld;
beforeEach(async () => {
  world = await RenewWorld.start();
});
afterEach(() => world.close());

const outcomes = (reports: Awaited<ReturnType<RenewWorld["renew"]>>) =>
  reports.map(({ outcome, error }) => outcome?.result ?? error?.message ?? "left");

test("what is due is renewed under its ARN and proved at every listener that serves it; a second run has nothing to do", async () => {
  const web = await world.importPaid({ names: ["app.example.gov", "*.app.example.gov"] });
  const young = await world.importPaid({ names: ["new.example.gov"], ...withDaysLeft(80) });
  const listener = await world.listener("web", web.arn, young.arn);
  await world.listener("other", young.arn, web.arn);
  const reports = await world.renew();
  expect(outcomes(reports)).toEqual(["renewed", "left"]);
  expect(reports[0]?.outcome).toMatchObject({ arn: web.arn, warnings: [] });
  const described = await world.store.describe(web.arn);
  expect(described?.serial).toBe(reports[0]?.outcome?.serial);
  expect(described?.serial).not.toBe(web.serial);
  expect(await world.store.tags(web.arn)).toEqual({ "unexpired:managed-by": "manage-certs" });
  expect(await world.world.aws.loadBalancers().listListenerCertificates(listener)).toMatchObject({
    defaultCertificateArn: web.arn,
    sniCertificateArns: [young.arn],
  });
  expect(world.steps).toEqual(["check", "order sandbox", "import", "prove"]);
  expect(outcomes(await world.renew())).toEqual(["left", "left"]);
  expect(world.orders()).toBe(1);
});

test("where ACM takes no re-import the successor takes every place, and the old one is gone", async () => {
  // keyEncipherment on an RSA key, which the CA's profile leaves out
  const old = await world.importPaid({
    names: ["app.example.gov"],
    key: "RSA_2048",
    keyUsage: ["digitalSignature", "dataEncipherment"],
  });
  const foreign = await world.importPaid({ names: ["foreign.example.gov"], ...withDaysLeft(80) });
  const first = await world.listener("first", old.arn, foreign.arn);
  const second = await world.listener("second", foreign.arn, old.arn);
  const [report] = await world.renew();
  expect(report?.error).toBeUndefined();
  const arn = report?.outcome?.arn ?? "";
  expect(arn).not.toBe(old.arn);
  const balancers = world.world.aws.loadBalancers();
  expect(await balancers.listListenerCertificates(first)).toMatchObject({
    defaultCertificateArn: arn,
    sniCertificateArns: [foreign.arn],
  });
  expect(await balancers.listListenerCertificates(second)).toMatchObject({
    defaultCertificateArn: foreign.arn,
    sniCertificateArns: [arn],
  });
  expect(await world.store.describe(old.arn)).toBeUndefined();
  expect(await world.store.tags(arn)).toMatchObject({ "unexpired:managed-by": "manage-certs" });
  expect(await world.store.tags(arn)).not.toHaveProperty("unexpired:renews");
});

const served = (listenerArn: string) => world.world.aws.loadBalancers().listListenerCertificates(listenerArn);
const all = async () => [...(await world.store.listAll())].map(({ arn }) => arn).sort();
const incompatible = { key: "RSA_2048", keyUsage: ["digitalSignature", "dataEncipherment"] } as const;

test("an address that lags behind: every attachment goes back to what it was, and the next run needs no new order", async () => {
  const old = await world.importPaid({ names: ["app.example.gov"], ...incompatible });
  const young = await world.importPaid({ names: ["young.example.gov"], ...withDaysLeft(80) });
  const first = await world.listener("first", old.arn);
  const second = await world.listener("second", young.arn, old.arn);
  const third = await world.listener("third", old.arn);
  await world.addLaggingAddress(second, old);
  const before = await Promise.all([first, second, third].map(served));
  const [report] = await world.renew({ waitMs: 300 });
  expect(report?.error).toMatchObject({
    code: "handshake_failed",
    message: expect.stringMatching(
      /second:443 at 127\.0\.0\.1:\d+ .*serves serial .*; all attachments are what they were$/,
    ) as string,
  });
  expect(await Promise.all([first, second, third].map(served))).toEqual(before);
  expect(world.steps.filter((step) => /third/.test(step))).toEqual([]);
  expect(await all()).toHaveLength(3);

  world.healLaggingAddresses();
  for (const listener of [first, second, third]) world.hide(listener);
  const [unseen] = await world.renew();
  expect(unseen?.error?.message).toContain("no client gets it from first:443 (default)");
  expect(await Promise.all([first, second, third].map(served))).toEqual(before);
  world.showAll();
  const again = await world.renew();
  expect(outcomes(again)).toEqual(["finished", "left", "left"]);
  const { arn } = again[0]?.outcome ?? {};
  expect(await served(first)).toMatchObject({ defaultCertificateArn: arn, sniCertificateArns: [] });
  expect(await served(second)).toMatchObject({ defaultCertificateArn: young.arn, sniCertificateArns: [arn] });
  expect(await all()).toEqual([arn, young.arn].sort());
  expect(world.orders()).toBe(1);
});

test("a canary gets the new certificate first; then it is imported for all, and the copy is gone", async () => {
  const web = await world.importPaid({ names: ["app.example.gov"] });
  const canary = await world.listener("canary", web.arn);
  const other = await world.listener("other", web.arn);
  const isCanary = ({ id }: { id: string }) => id === canary;
  const [report] = await world.renew({ isCanary });
  expect(report?.outcome).toMatchObject({ result: "renewed", arn: web.arn, warnings: [] });
  expect(world.steps).toEqual([
    ...["check", "order sandbox", "import", "try canary:443", "prove canary:443", "import"],
    ...["put back canary:443", "clean up", "prove"],
  ]);
  for (const listener of [canary, other])
    expect(await served(listener)).toMatchObject({ defaultCertificateArn: web.arn, sniCertificateArns: [] });
  expect(await all()).toEqual([web.arn]);
});

test("a canary that does not serve it keeps it from all others", async () => {
  const web = await world.importPaid({ names: ["app.example.gov"] });
  const canary = await world.listener("canary", web.arn);
  await world.listener("other", web.arn);
  await world.addLaggingAddress(canary, web);
  const [report] = await world.renew({ isCanary: ({ id }) => id === canary, waitMs: 300 });
  expect(report?.error).toMatchObject({ code: "handshake_failed" });
  expect((await world.store.describe(web.arn))?.serial).toBe(web.serial);
  expect(await served(canary)).toMatchObject({ defaultCertificateArn: web.arn, sniCertificateArns: [] });
  expect(await all()).toEqual([web.arn]);
});

test("a trial that a run left behind is ended, and the certificate is renewed", async () => {
  const web = await world.importPaid({ names: ["app.example.gov"] });
  const copy = await world.importPaid(
    { names: ["app.example.gov"], ...withDaysLeft(80) },
    { "unexpired:canary-of": web.arn, "unexpired:managed-by": "manage-certs" },
  );
  const canary = await world.listener("canary", copy.arn);
  const other = await world.listener("other", web.arn);
  expect(outcomes(await world.renew()).sort()).toEqual(["renewed", "trial ended"]);
  for (const listener of [canary, other])
    expect(await served(listener)).toMatchObject({ defaultCertificateArn: web.arn, sniCertificateArns: [] });
  expect(await all()).toEqual([web.arn]);
});

test("days of grace: the old one is kept, tagged, and deleted by a later run", async () => {
  const old = await world.importPaid({ names: ["app.example.gov"], ...incompatible });
  await world.listener("web", old.arn);
  const [report] = await world.renew({ graceMs: 400 });
  expect(report?.outcome?.warnings).toEqual([
    expect.stringMatching(/is kept until .*; the next run after that deletes it/),
  ]);
  expect(await world.store.tags(old.arn)).toMatchObject({ "unexpired:replaced-by": report?.outcome?.arn });
  await new Promise((resolve) => setTimeout(resolve, 450));
  expect(outcomes(await world.renew()).sort()).toEqual(["deleted", "left"]);
  expect(await all()).toEqual([report?.outcome?.arn]);
});

test("no order for what cannot be validated or proved; others go on", async () => {
  const foreign = await world.importPaid({ names: ["app.example.com"] });
  const hidden = await world.importPaid({ names: ["hidden.example.gov"], ...withDaysLeft(3) });
  const web = await world.importPaid({ names: ["app.example.gov"], ...withDaysLeft(4) });
  await world.listener("foreign", foreign.arn);
  const listener = await world.listener("hidden", hidden.arn);
  await world.listener("web", web.arn);
  world.hide(listener);
  const reports = await world.renew();
  expect(reports.map(({ outcome, error }) => outcome?.result ?? error?.code)).toEqual([
    "handshake_failed",
    "renewed",
    "dns_zone_not_found",
  ]);
  expect(reports[0]?.error?.message).toContain("no client gets it from hidden:443 (default)");
  expect(world.orders()).toBe(1);
  const [, , unproved] = [...(await world.renew({ unproved: true }))].reverse();
  expect(unproved?.outcome?.warnings).toEqual([expect.stringContaining("not seen before the change")]);
});
