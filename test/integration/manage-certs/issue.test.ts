/** Certificates issued by the sandbox's CA for listeners of its AWS. */
import type { AttachmentWishes } from "../../../src/manage-certs/attach/attachment-plan";
import { listenersCalled } from "../../../src/manage-certs/attach/listeners-called";
import { issueRequest } from "../../../src/manage-certs/issue/issue-request";
import { planIssue } from "../../../src/manage-certs/issue/plan-issue";
import { runIssue, type IssueReport } from "../../../src/manage-certs/issue/run-issue";
import type { Config } from "../../../src/manage-certs/config/config";
import type { RenewParts } from "../../../src/manage-certs/renew/renew-parts";
import { RenewWorld, withDaysLeft, type Held } from "../../support/renew-world";

let world: RenewWorld;
let main: Held;
beforeEach(async () => {
  world = await RenewWorld.start();
  main = await world.importPaid({ names: ["main.example.gov"], ...withDaysLeft(40) });
});
afterEach(() => world.close());

interface Given {
  readonly listeners?: readonly string[];
  readonly wishes?: Partial<AttachmentWishes>;
  readonly changes?: Partial<RenewParts>;
}

async function issue(
  names: readonly string[],
  { listeners = [], wishes, changes = {} }: Given = {},
): Promise<IssueReport> {
  const estate = await world.scan();
  const parts = world.parts(estate, changes);
  const { accountId } = await world.world.aws.identity.get();
  const home = { accountId, region: world.world.sandbox.aws.region };
  const config = { ...world.config(), issuers: [] } as Pick<Config, "issuer" | "issuers" | "keyAlgorithm">;
  const request = issueRequest({ names, points: listenersCalled(listeners, estate), home }, config);
  const all = { detachOld: false, certificatesPerLoadBalancer: 25, ...wishes };
  return runIssue(await planIssue(request, all, estate, parts), all, estate, parts, {
    onStep: (step, where) => world.steps.push(`${step} ${where}`),
    onDone: () => undefined,
  });
}

const served = (listenerArn: string) => world.world.aws.loadBalancers().listListenerCertificates(listenerArn);
const all = async () => (await world.store.listAll()).map(({ arn }) => arn).sort();
const results = ({ attachments }: IssueReport) =>
  attachments.map(({ outcome, error }) => outcome?.result ?? error?.message ?? "not begun");

test("ordered, imported with our tags, put on listeners one after the other; asked for again, nothing is done", async () => {
  const first = await world.listener("first", main.arn);
  const second = await world.listener("second", main.arn);
  const names = ["app.example.gov", "*.app.example.gov"];
  const report = await issue(names, { listeners: ["first", "second"] });
  expect(report.error).toBeUndefined();
  expect(report.outcome).toMatchObject({ result: "issued", warnings: [] });
  expect(results(report)).toEqual(["attached", "attached"]);
  const arn = report.outcome?.arn ?? "";
  for (const listener of [first, second])
    expect(await served(listener)).toEqual({ defaultCertificateArn: main.arn, sniCertificateArns: [arn] });
  expect(await world.store.tags(arn)).toMatchObject({
    "unexpired:managed-by": "manage-certs",
    "unexpired:issued-for": expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
  expect(world.steps).toEqual([
    ...["check first:443", "check second:443", "order sandbox app.example.gov", "import app.example.gov"],
    ...["check first:443", "check second:443"],
    ...["attach first:443", "prove first:443", "attach second:443", "prove second:443"],
  ]);
  const again = await issue([...names].reverse(), { listeners: ["first", "second"] });
  expect(again.outcome).toMatchObject({ result: "found", arn });
  expect(results(again)).toEqual(["left", "left"]);
  expect(world.orders()).toBe(1);
  expect(await all()).toEqual([main.arn, arn].sort());
});

test("without listeners it is issued and imported; with one, later, it is the same certificate that goes there", async () => {
  const report = await issue(["app.example.gov"]);
  expect(report).toMatchObject({ outcome: { result: "issued" }, attachments: [] });
  const web = await world.listener("web", main.arn);
  const later = await issue(["app.example.gov"], { listeners: ["web"], wishes: { role: "default", detachOld: true } });
  expect([later.outcome?.result, ...results(later)]).toEqual(["found", "attached"]);
  expect(await served(web)).toEqual({ defaultCertificateArn: report.outcome?.arn, sniCertificateArns: [] });
  expect(world.orders()).toBe(1);
});

test("no order where anything is in the way: no zone, a listener that is blocked, one that cannot be reached", async () => {
  const web = await world.listener("web", main.arn);
  const foreign = await issue(["www.example.com"], { listeners: ["web"] });
  expect(foreign.error).toMatchObject({ code: "dns_zone_not_found" });
  const longer = await world.importPaid({ names: ["shop.example.gov"], ...withDaysLeft(89) });
  await world.world.aws.loadBalancers().addListenerCertificate(web, longer.arn);
  const full = await issue(["app.example.gov"], { listeners: ["web"], wishes: { certificatesPerLoadBalancer: 1 } });
  expect(results(full)).toEqual([expect.stringContaining("where AWS allows 1")]);
  world.hide(web);
  const hidden = await issue(["app.example.gov"], { listeners: ["web"] });
  expect(results(hidden)).toEqual([expect.stringContaining("no client is answered at web:443")]);
  expect([foreign, full, hidden].map(({ outcome }) => outcome)).toEqual([undefined, undefined, undefined]);
  expect(world.orders()).toBe(0);
});

test("a listener that does not serve it is put back; the next run needs no new order", async () => {
  const web = await world.listener("web", main.arn);
  await world.addLaggingAddress(web, main);
  const report = await issue(["app.example.gov"], { listeners: ["web"], changes: { waitMs: 300 } });
  expect(report.outcome).toMatchObject({ result: "issued" });
  expect(results(report)).toEqual([expect.stringContaining("web:443 is what it was")]);
  expect(await served(web)).toEqual({ defaultCertificateArn: main.arn, sniCertificateArns: [] });
  world.healLaggingAddresses();
  const again = await issue(["app.example.gov"], { listeners: ["web"] });
  expect([again.outcome?.result, ...results(again)]).toEqual(["found", "attached"]);
  expect(world.orders()).toBe(1);
});
