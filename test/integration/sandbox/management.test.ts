/** The management API over its socket: each row of its table. */
import { parseDomainName } from "../../../src/certificates/domain-name";
import { issueCertificate } from "../../../src/issuance/issue-certificate";
import { HttpClient } from "../../../src/platform/http";
import type { IssuedCertificate } from "../../../src/sandbox/acme-ca/acme-ca-management";
import type { TrapReport } from "../../../src/sandbox/management/trap-board";
import { startManagement, type RunningManagement } from "../../../src/sandbox/management/start-management";
import { giveBack, startIssuanceWorld, type IssuanceWorld } from "../../support/issuance-world";

let world: IssuanceWorld;
let management: RunningManagement;
const http = new HttpClient();

beforeAll(async () => {
  world = await startIssuanceWorld();
  management = await startManagement(world.sandbox);
});
afterAll(async () => {
  await management.close();
  await world.close();
  await http.close();
});

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await http.send({
    method,
    url: management.url + path,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, body: answer.body === "" ? undefined : (JSON.parse(answer.body) as unknown) };
}

async function issued(): Promise<IssuedCertificate> {
  const { body } = await call("GET", "/certificates");
  const [certificate] = body as IssuedCertificate[];
  if (certificate) return certificate;
  const names = [parseDomainName("app.example.gov")];
  const zones = [{ type: "edge_dns" as const, name: "example.gov" }];
  await issueCertificate({ names, zones, keyAlgorithm: "EC_prime256v1" }, world.parts, giveBack);
  return issued();
}

test("zones and their record sets", async () => {
  expect(await call("GET", "/zones")).toEqual({ status: 200, body: ["example.gov", "example.org"] });
  const { body } = await call("GET", "/zones/example.gov/record-sets");
  expect((body as { type: string }[]).map(({ type }) => type).sort()).toEqual(["A", "A", "NS", "SOA"]);
  expect(await call("GET", "/zones/example.com/record-sets")).toEqual({
    status: 400,
    body: { code: "invalid_argument", message: "the sandbox has no zone example.com" },
  });
});

test("certificates, orders and the history of what was asked", async () => {
  const { serial, names } = await issued();
  expect(names).toEqual(["app.example.gov"]);
  expect((await call("GET", "/orders")).body).toMatchObject([{ status: "valid", serial }]);
  const { body } = await call("GET", "/history?part=acme");
  expect(new Set((body as { part: string }[]).map(({ part }) => part))).toEqual(new Set(["acme"]));
  expect(body).toContainEqual(expect.objectContaining({ operation: "newOrder" }));
});

test("a day passes when it is asked to, and what topics were told can be read", async () => {
  const { alarms, topics } = world.sandbox.account.region();
  const { arn: topicArn } = topics.create("on-call", []);
  const settings = { name: "gone", namespace: "AWS/CertificateManager", metricName: "DaysToExpiry", dimensions: [] };
  const actions = { actionsEnabled: true, okActions: [], alarmActions: [topicArn], insufficientDataActions: [] };
  const judged = { period: 86_400, evaluationPeriods: 1, statistic: "Minimum", threshold: 14 };
  const comparison = { comparisonOperator: "LessThanThreshold", treatMissingData: "breaching" };
  alarms.put({ ...settings, ...actions, ...judged, ...comparison }, [], new Date());
  expect((await call("GET", "/messages")).body).toEqual([]);
  expect(await call("POST", "/daily-notices")).toEqual({ status: 204 });
  expect((await call("GET", "/messages")).body).toMatchObject([
    { topicArn, from: "cloudwatch.amazonaws.com", subject: 'ALARM: "gone" in us-east-1' },
  ]);
});

test("the renewal window of a certificate moves and comes back", async () => {
  const { serial, renewalWindow } = await issued();
  const moved = { start: "2026-01-01T00:00:00.000Z", end: "2026-01-02T00:00:00.000Z" };
  expect(await call("PUT", `/certificates/${serial}/renewal-window`, moved)).toEqual({ status: 204 });
  expect((await issued()).renewalWindow).toEqual(moved);
  expect(await call("DELETE", `/certificates/${serial}/renewal-window`)).toEqual({ status: 204 });
  expect((await issued()).renewalWindow).toEqual(renewalWindow);
});

test("a revocation with its reason", async () => {
  const { serial } = await issued();
  expect(await call("POST", `/certificates/${serial}/revocation`, { reason: 4 })).toEqual({ status: 204 });
  expect((await issued()).revocation).toMatchObject({ reason: 4 });
});

test("faults change in every part", async () => {
  expect((await call("PUT", "/faults", { profile: "hostile" })).status).toBe(204);
  expect(world.sandbox.account.faults.enforceRates).toBe(true);
  expect((await call("PUT", "/faults", { profile: "calm" })).status).toBe(204);
  expect(world.sandbox.account.faults.enforceRates).toBe(false);
});

test("a trap holds a request until it is released", async () => {
  const trap = await call("POST", "/traps", { part: "acme", operation: "newNonce", action: "hold" });
  const { id } = trap.body as TrapReport;
  const directory = new HttpClient({ ca: world.sandbox.acme.caPem });
  const { body } = await directory.send({ method: "GET", url: world.sandbox.acme.directoryUrl });
  const { newNonce: url } = JSON.parse(body) as { readonly newNonce: string };
  let answered = false;
  const held = directory.send({ method: "HEAD", url }).then(() => (answered = true));
  const caught = async (): Promise<TrapReport> => {
    const [report] = (await call("GET", "/traps")).body as TrapReport[];
    return report?.caught === undefined ? caught() : report;
  };
  expect(await caught()).toMatchObject({ id, caught: { part: "acme", operation: "newNonce" } });
  expect(answered).toBe(false);
  expect((await call("DELETE", `/traps/${id}`)).status).toBe(204);
  await held;
  expect((await call("GET", "/traps")).body).toEqual([]);
  await directory.close();
});

test("listeners, of which there is none yet", async () => {
  expect(await call("GET", "/listeners")).toEqual({ status: 200, body: [] });
});

test.each<[string, string, string, unknown, string]>([
  ["an unknown profile", "PUT", "/faults", { profile: "some" }, "profile: "],
  ["an unknown member", "PUT", "/faults", { profile: "calm", extra: 1 }, "body: "],
  ["a window without an end", "PUT", "/certificates/00/renewal-window", { start: "2026-01-01T00:00:00Z" }, "end: "],
  ["an unknown serial", "POST", "/certificates/00/revocation", {}, "has issued no certificate with serial 00"],
  ["a trap in no part", "POST", "/traps", { part: "smtp", action: "hold" }, "part: "],
  ["a trap that is not there", "DELETE", "/traps/99", undefined, "there is no trap 99"],
])("refuses %s", async (_, method, path, body, message) => {
  expect(await call(method, path, body)).toMatchObject({
    status: 400,
    body: { code: "invalid_argument", message: expect.stringContaining(message) as string },
  });
});

test("refuses what is not there, what is no JSON, and web pages", async () => {
  expect((await call("GET", "/secrets")).status).toBe(404);
  const headers = { "content-type": "application/json" };
  expect((await http.send({ method: "PUT", url: `${management.url}/faults`, headers, body: "{" })).status).toBe(400);
  expect((await call("GET", "/zones", undefined, { origin: "https://pages.example" })).status).toBe(400);
  expect((await call("GET", "/zones", undefined, { host: "pages.example" })).status).toBe(400);
});

test("listens on loopback alone", () => {
  expect(new URL(management.url).hostname).toBe("127.0.0.1");
});
