/** Revocations against the sandbox: its CA, its DNS, its AWS and its front ends. */
import { revocationReasons } from "../../../src/acme/revocation-reason";
import type { RevocationReport } from "../../../src/manage-certs/revoke/run-revocations";
import { RevokeWorld } from "../../support/revoke-world";

let world: RevokeWorld;
beforeEach(async () => {
  world = await RevokeWorld.start();
});
afterEach(() => world.close());

const outcomes = (reports: readonly RevocationReport[]) =>
  reports.map(({ outcome, error }) => outcome?.result ?? error?.message ?? "left");
const served = (listenerArn: string) => world.estate.world.aws.loadBalancers().listListenerCertificates(listenerArn);
const said = (text: string) => expect.stringContaining(text) as string;

test.each(Object.entries(revocationReasons))(
  "what nothing uses is revoked as %s, by the account that ordered it; the CA's list says so",
  async (reason, { code }) => {
    const { arn, serial } = await world.issue(["app.example.gov"]);
    const [report] = await world.revoke([arn], { reason: reason as keyof typeof revocationReasons });
    if (reason === "affiliationChanged") {
      // Let's Encrypt documentation, "Revoking certificates": it certifies no organization
      expect(report?.error).toMatchObject({
        code: "acme_problem",
        message: said("badRevocationReason"),
        hint: said("does not take affiliationChanged"),
      });
      expect(world.revocations()).toBe(0);
      return;
    }
    expect(report?.outcome).toMatchObject({ result: "revoked", listed: { state: "listed", reason }, warnings: [] });
    expect(world.revocationOf(serial)?.reason).toBe(code);
    expect(outcomes(await world.revoke([arn]))).toEqual(["already revoked"]);
    expect(world.revocationOf(serial)?.reason).toBe(code);
    expect(await world.store.describe(arn)).toBeDefined();
  },
);

test("what is in use is replaced first, under its ARN with another key, proved, and then revoked; once", async () => {
  const web = await world.issue(["app.example.gov", "*.app.example.gov"]);
  const young = await world.issue(["young.example.gov"]);
  const listener = await world.estate.listener("web", web.arn, young.arn);
  await world.estate.listener("other", young.arn, web.arn);

  const [refused] = await world.revoke([web.arn]);
  expect(refused?.error).toMatchObject({
    code: "aws_in_use",
    message: "used by web:443 (default), other:443 (sni)",
    hint: said("2 places will serve a revoked one"),
  });
  expect(world.revocations()).toBe(0);

  const [report] = await world.revoke([web.arn], { replace: true });
  const { serial = "", arn } = report?.outcome?.replacement ?? {};
  expect(report?.outcome).toMatchObject({ result: "revoked", warnings: [] });
  expect(arn).toBe(web.arn);
  expect((await world.store.describe(web.arn))?.serial).toBe(serial);
  expect(world.revocationOf(web.serial)?.reason).toBe(1);
  expect(world.revocationOf(serial)).toBeUndefined();
  const { steps } = world;
  expect(steps.slice(-2)).toEqual(["revoke sandbox", "look up sandbox"]);
  expect(steps.indexOf("prove")).toBeLessThan(steps.indexOf("revoke sandbox"));
  expect(await served(listener)).toMatchObject({ defaultCertificateArn: web.arn, sniCertificateArns: [young.arn] });
  const [now] = (await world.estate.scan()).certificates.filter((each) => each.arn === web.arn);
  expect(now?.chain?.keyFingerprint).not.toBe(await world.keyOf(web));

  // the same command again does not take the new one for what was meant
  const [again] = await world.plan([web.arn], { replace: true });
  expect(again?.action).toMatchObject({ kind: "left", why: said(`serial ${web.serial} was revoked`) });
  // also where the tagging API does not show the tag yet
  const before = { certificates: (await world.estate.scan()).certificates.map((each) => ({ ...each, tags: {} })) };
  const [early] = await world.plan([web.arn], { replace: true, scanned: before });
  expect(early?.action.kind).toBe("left");
  const [meant] = await world.plan([web.arn], { replace: true, serials: [serial] });
  expect(meant?.action.kind).toBe("replace");
  expect(world.revocations()).toBe(1);
});

/** The CA gives RSA keys no keyEncipherment under this profile, and ACM takes no re-import that loses it. */
const otherProfile = () => {
  const { issuer } = world.estate.config();
  return issuer && { ...issuer, profile: "tlsserver" };
};
const all = async () => (await world.store.listAll()).map(({ arn }) => arn).sort();

test.each([
  ["keyCompromise", "at once"],
  ["superseded", "after the days of grace"],
] as const)(
  "where ACM takes no re-import the successor takes every place; revoked as %s the old one is deleted %s",
  async (reason, _) => {
    const graceMs = 3_600_000;
    const old = await world.issue(["app.example.gov"], "RSA_2048");
    const young = await world.issue(["young.example.gov"]);
    const first = await world.estate.listener("first", old.arn);
    const second = await world.estate.listener("second", young.arn, old.arn);
    const [report] = await world.revoke([old.arn], { reason, replace: true, issuer: otherProfile() }, { graceMs });
    expect(report?.error).toBeUndefined();
    const { arn = "" } = report?.outcome?.replacement ?? {};
    expect(arn).not.toBe(old.arn);
    expect(await served(first)).toMatchObject({ defaultCertificateArn: arn, sniCertificateArns: [] });
    expect(await served(second)).toMatchObject({ defaultCertificateArn: young.arn, sniCertificateArns: [arn] });
    expect(world.revocationOf(old.serial)?.reason).toBe(revocationReasons[reason].code);
    if (reason === "keyCompromise") {
      expect(await all()).toEqual([young.arn, arn].sort());
      expect(report?.outcome?.warnings).toEqual([]);
      const [again] = await world.plan([old.arn], { reason });
      expect(again?.action).toMatchObject({ kind: "blocked", code: "aws_not_found" });
    } else {
      expect(report?.outcome?.warnings).toEqual([said("is kept until")]);
      expect(outcomes(await world.revoke([old.arn], { reason, replace: true }))).toEqual(["already revoked"]);
    }
    expect(world.revocations()).toBe(1);
  },
);

test.each(["under its ARN", "by a successor"])(
  "a replacement %s that is not proved everywhere: nothing is revoked, and the next run needs no new order",
  async (how) => {
    const isSuccessor = how === "by a successor";
    const web = await world.issue(["app.example.gov"], "RSA_2048");
    const listener = await world.estate.listener("web", web.arn);
    const wanted = { replace: true, issuer: isSuccessor ? otherProfile() : undefined };
    await world.estate.addLaggingAddress(listener, world.heldAs(web));
    const before = world.estate.orders();
    const [report] = await world.revoke([web.arn], wanted, { waitMs: 300 });
    expect(report?.error).toMatchObject({
      code: "handshake_failed",
      message: said(`; serial ${web.serial} was not revoked`),
    });
    expect(world.revocations()).toBe(0);
    expect(await served(listener)).toMatchObject({ defaultCertificateArn: web.arn, sniCertificateArns: [] });

    const [stillWrong] = await world.revoke([web.arn], wanted, { waitMs: 300 });
    expect(stillWrong?.error).toMatchObject({ code: "handshake_failed" });
    expect(world.revocations()).toBe(0);

    world.estate.healLaggingAddresses();
    const [again] = await world.revoke([web.arn], wanted);
    expect(again?.outcome).toMatchObject({ result: "revoked", listed: { state: "listed", reason: "keyCompromise" } });
    const { arn = "", serial = "" } = again?.outcome?.replacement ?? {};
    expect(arn === web.arn).toBe(!isSuccessor);
    expect(await served(listener)).toMatchObject({ defaultCertificateArn: arn, sniCertificateArns: [] });
    expect((await world.store.describe(arn))?.serial).toBe(serial);
    expect(await all()).toEqual([arn]);
    expect(world.estate.orders()).toBe(before + 1);
    expect(world.revocations()).toBe(1);
  },
);

test("at once, if told so: whoever serves it serves a revoked certificate", async () => {
  const web = await world.issue(["app.example.gov"]);
  const listener = await world.estate.listener("web", web.arn);
  const [planned] = await world.plan([web.arn], { now: true });
  expect(planned?.action.why).toBe("at once: 1 place will serve a revoked certificate");
  expect(outcomes(await world.revoke([web.arn], { now: true }))).toEqual(["revoked"]);
  expect(await served(listener)).toMatchObject({ defaultCertificateArn: web.arn });
  expect((await world.store.describe(web.arn))?.serial).toBe(web.serial);
  // later it is replaced as well, and the CA says that it knows
  expect(outcomes(await world.revoke([web.arn], { replace: true }))).toEqual(["already revoked"]);
  expect((await world.store.describe(web.arn))?.serial).not.toBe(web.serial);
});

test("one and the same certificate under two ARNs is replaced under both before it is revoked, once", async () => {
  const web = await world.issue(["app.example.gov"]);
  const copy = await world.store.importNew({ ...web.material, tags: {} });
  await world.estate.listener("web", web.arn);
  const other = await world.estate.listener("other", copy);
  const [held] = await world.plan([web.arn], { replace: true });
  expect(held?.action).toMatchObject({
    kind: "blocked",
    code: "aws_in_use",
    why: said(`is used as ${copy} by other:443`),
  });

  world.estate.hide(other);
  const reports = await world.revoke([web.arn, copy], { replace: true });
  expect(outcomes(reports)).toEqual([said(`since ${copy} still has it`), said("no client gets it from other:443")]);
  expect(world.revocations()).toBe(0);
  world.estate.showAll();
  const again = await world.revoke([web.arn, copy], { replace: true });
  expect(outcomes(again)).toEqual(["revoked", "revoked"]);
  expect(world.revocations()).toBe(1);
  expect((await world.store.describe(web.arn))?.serial).not.toBe((await world.store.describe(copy))?.serial);
});

test("others with the same key are named where the key is compromised", async () => {
  const web = await world.issue(["app.example.gov"]);
  const arn = await world.importWithKeyOf(web, "old.example.gov");
  expect((await world.plan([web.arn]))[0]?.sameKey).toEqual([arn]);
  expect((await world.plan([web.arn], { reason: "superseded" }))[0]?.sameKey).toEqual([]);
  expect((await world.plan([web.arn, arn])).map(({ sameKey }) => sameKey)).toEqual([[], []]);
});

test("what cannot be revoked from here is refused with the way out, and nothing is changed", async () => {
  const paid = await world.estate.importPaid({ names: ["paid.example.gov"] });
  const missing = paid.arn.replace(/[^/]+$/, "00000000-0000-0000-0000-000000000000");
  const plans = await world.plan([paid.arn, missing]);
  expect(plans.map(({ action }) => action)).toEqual([
    expect.objectContaining({ kind: "blocked", code: "certificate_not_revocable", hint: said("24 hours") }),
    expect.objectContaining({ kind: "blocked", code: "aws_not_found", why: said("is not there") }),
  ]);
  const reports = await world.revoke([paid.arn, missing], { now: true });
  expect(reports.map(({ error }) => error?.code)).toEqual(["certificate_not_revocable", "aws_not_found"]);
});

test("a leaf in a file is revoked although AWS holds another one, or nothing, under its ARN", async () => {
  const web = await world.issue(["app.example.gov"]);
  await world.estate.listener("web", web.arn);
  const next = await world.issue(["app.example.gov"]);
  await world.store.reimport(web.arn, next.material);
  const leaf = { leaf: web.material.certificatePem, chain: web.material.chainPem };
  const [report] = await world.revoke([web.arn], { leaf, reason: "superseded" });
  expect(report?.outcome).toMatchObject({ result: "revoked", replacement: { arn: web.arn, serial: next.serial } });
  expect(world.revocationOf(web.serial)?.reason).toBe(4);
  expect(world.revocationOf(next.serial)).toBeUndefined();

  const gone = await world.issue(["gone.example.gov"]);
  await world.store.delete(gone.arn);
  const goneLeaf = { leaf: gone.material.certificatePem, chain: gone.material.chainPem };
  expect(outcomes(await world.revoke([gone.arn], { leaf: goneLeaf }))).toEqual(["revoked"]);
});

test("what the CA refuses is said, and what is true then", async () => {
  const web = await world.issue(["app.example.gov"]);
  await world.estate.listener("web", web.arn);
  const { gate } = world.sandbox;
  gate.set({ part: "acme", operation: "revokeCert", nth: 1, times: Infinity, action: "throttle" });
  const [report] = await world.revoke([web.arn], { replace: true });
  expect(report?.error).toMatchObject({
    code: "acme_rate_limited",
    message: expect.stringMatching(/it is replaced \(serial \w+, arn:\S+\) and still to be revoked$/) as string,
    hint: said("the same command again revokes it"),
  });
});
