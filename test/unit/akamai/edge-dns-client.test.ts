import { EdgeDnsClient, type EdgeDnsClientOptions } from "../../../src/akamai/edge-dns-client";
import { verifyEdgeGrid } from "../../../src/akamai/edgegrid-verify";
import { AppError } from "../../../src/platform/errors";
import { PreparedHttp, type PreparedAnswer } from "./prepared-http";

const credentials = { host: "akab.example.test", clientToken: "ct", clientSecret: "cs", accessToken: "at" };
const set = { name: "_acme-challenge.example.test", type: "TXT", ttlSeconds: 60, rdata: ['"v"'] };
const setJson = JSON.stringify({ name: set.name, type: "TXT", ttl: 60, rdata: set.rdata });
const problem = (status: number, suffix: string, detail = ""): PreparedAnswer => ({
  status,
  body: JSON.stringify({
    type: `https://problems.example.test/authoritative-dns/${suffix}`,
    title: "T",
    status,
    detail,
  }),
});
const zoneShown = { body: JSON.stringify({ zone: "example.test", type: "PRIMARY" }) };
const lost = () => new AppError("network", "cannot reach it", { retryable: true });

let now = 0;
let slept: number[] = [];
let http: PreparedHttp;

function client(answers: readonly PreparedAnswer[], changes: Partial<EdgeDnsClientOptions> = {}): EdgeDnsClient {
  http = new PreparedHttp(...answers);
  now = Date.parse("2026-01-02T03:04:05Z");
  slept = [];
  return new EdgeDnsClient({
    credentials,
    http: http.client,
    retryPolicy: { attempts: 3, firstDelayMs: 500, maxDelayMs: 20_000 },
    clock: { now: () => new Date(now) },
    random: () => 1,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
    ...changes,
  });
}

afterEach(() => expect(http.unused).toEqual([]));

const methods = () => http.sent.map(({ method }) => method);

test("each try is signed anew, at its own time", async () => {
  await client([problem(409, "concurrentZoneModification"), problem(503, "x"), { body: setJson }]).getRecordSet(
    "example.test",
    set.name,
    "TXT",
  );
  const headers = http.sent.map((request) => request.headers?.authorization ?? "");
  expect(new Set(headers).size).toBe(3);
  expect(headers.map((header) => /timestamp=([^;]+)/.exec(header)?.[1])).toEqual([
    "20260102T03:04:05+0000",
    "20260102T03:04:05+0000",
    "20260102T03:04:06+0000",
  ]);
  expect(slept).toEqual([500, 1_000]);
});

test("the target of the request is what was signed, an account switch key included", async () => {
  const secretFor = () => credentials.clientSecret;
  await client([{ body: setJson }], { credentials: { ...credentials, accountSwitchKey: "1-ABC:1-2RBL" } }).getRecordSet(
    "example.test",
    "*.example.test",
    "TXT",
  );
  const [request] = http.sent;
  const url = new URL(request?.url ?? "");
  expect(url.pathname + url.search).toBe(
    "/config-dns/v2/zones/example.test/names/*.example.test/types/TXT?accountSwitchKey=1-ABC%3A1-2RBL",
  );
  const verdict = verifyEdgeGrid(
    {
      method: "GET",
      host: url.host,
      target: url.pathname + url.search,
      authorization: request?.headers?.authorization,
    },
    { secretFor, clock: { now: () => new Date(now) } },
  );
  expect(verdict.kind).toBe("verified");
});

test.each([
  ["Retry-After in seconds", { "retry-after": "7" }, 7_000],
  [
    "X-RateLimit-Next against the server's clock",
    { "x-ratelimit-next": "2030-05-05T00:00:09Z", date: "Sun, 05 May 2030 00:00:00 GMT" },
    9_000,
  ],
  ["X-RateLimit-Next against our clock", { "x-ratelimit-next": "2026-01-02T03:04:08.500Z" }, 3_500],
  ["X-RateLimit-Next that is over", { "x-ratelimit-next": "2026-01-02T03:00:00Z" }, 500],
  ["nothing", {}, 500],
])("a rate limit is waited for as asked: %s", async (_what, headers, waited) => {
  await client([{ status: 429, headers }, { status: 404 }]).getZone("example.test");
  expect(slept).toEqual([waited]);
});

test("a rate limit that is too long ends in an error at once", async () => {
  const asked = client([{ status: 429, headers: { "retry-after": "60" } }]).getZone("example.test");
  await expect(asked).rejects.toMatchObject({ code: "edge_dns_busy", retryAfterMs: 60_000 });
});

test("what will not change is not tried again", async () => {
  const create = client([problem(403, "forbidden", "You don't have permission")]).createRecordSet("example.test", set);
  await expect(create).rejects.toMatchObject({
    code: "edge_dns_denied",
    facts: { status: 403, title: "T", detail: "You don't have permission" },
  });
});

test("the last error is thrown when the tries are used up", async () => {
  const create = client([
    lost(),
    { status: 404 },
    zoneShown,
    problem(409, "concurrentZoneModification"),
    problem(500, "serverError", "last"),
    { status: 404 },
  ]);
  await expect(create.createRecordSet("example.test", set)).rejects.toMatchObject({
    code: "edge_dns_problem",
    facts: { status: 500, detail: "last" },
  });
});

test("a record is gone only in a zone that is shown to us; the zone is asked for once", async () => {
  const read = (from: EdgeDnsClient) => from.getRecordSet("example.test", set.name, "TXT");
  const known = client([{ status: 404 }, zoneShown, { status: 404 }]);
  await expect(read(known)).resolves.toBeUndefined();
  await expect(read(known)).resolves.toBeUndefined();
  await expect(read(client([{ status: 404 }, { status: 404 }]))).rejects.toMatchObject({ code: "dns_zone_not_found" });
});

describe("a lost answer", () => {
  test("to a POST that worked is a success, without another write", async () => {
    await client([lost(), { body: setJson }]).createRecordSet("example.test", set);
    expect(methods()).toEqual(["POST", "GET"]);
  });

  test("to a POST that did not work leads to another", async () => {
    const answers = [lost(), { status: 404 }, zoneShown, { status: 201, body: setJson }];
    await client(answers).createRecordSet("example.test", set);
    expect(methods()).toEqual(["POST", "GET", "GET", "POST"]);
  });

  test("whose POST was done late shows as our own set in a conflict", async () => {
    const answers = [lost(), { status: 404 }, zoneShown, problem(409, "duplicateRecordSet"), { body: setJson }];
    await client(answers).createRecordSet("example.test", set);
    expect(methods()).toEqual(["POST", "GET", "GET", "POST", "GET"]);
  });

  test("to a DELETE that worked is a success", async () => {
    await client([lost(), { status: 404 }, zoneShown]).deleteRecordSet("example.test", set.name, "TXT");
    expect(methods()).toEqual(["DELETE", "GET", "GET"]);
  });

  test("is thrown at once to a caller that reads again by itself", async () => {
    const replace = client([lost()]).replaceRecordSet("example.test", set, { once: true });
    await expect(replace).rejects.toMatchObject({ code: "network" });
  });
});

test("lists end with the total, or with an empty page where no total is given", async () => {
  const page = (zones: readonly string[], metadata?: object) => ({
    body: JSON.stringify({
      ...(metadata ? { metadata } : {}),
      zones: zones.map((zone) => ({ zone, type: "primary" })),
    }),
  });
  const names = async (from: EdgeDnsClient) => (await from.listZones()).map(({ zone }) => zone);
  expect(
    await names(client([page(["A.test."], { totalElements: 2 }), page(["b.test"], { totalElements: 2 })])),
  ).toEqual(["a.test", "b.test"]);
  expect(await names(client([page(["a.test", "b.test"]), page([])]))).toEqual(["a.test", "b.test"]);
  expect(http.sent.map(({ url }) => new URL(url).searchParams.get("page"))).toEqual(["1", "2"]);
});

test.each([
  ["no JSON", "<html>"],
  ["a list", "[]"],
  ["a set without rdata", '{"name":"a.test","type":"TXT","ttl":60}'],
  ["rdata that is no text", '{"name":"a.test","type":"TXT","ttl":60,"rdata":[1]}'],
])("an answer that cannot be read is an error: %s", async (_what, body) => {
  const read = client([{ body }]).getRecordSet("example.test", "a.test", "TXT");
  await expect(read).rejects.toMatchObject({ code: "edge_dns_problem" });
});

test("neither tokens nor secrets are in errors", async () => {
  const secret = { ...credentials, clientToken: "akab-token-1", clientSecret: "shh-1", accessToken: "akab-access-1" };
  const asked = client([{ status: 401, body: "no" }], { credentials: secret }).getZone("example.test");
  const error = await asked.then(
    () => undefined,
    (thrown: AppError) => thrown,
  );
  expect(error?.code).toBe("edge_dns_denied");
  expect(JSON.stringify([error?.message, error?.hint, error?.facts])).not.toMatch(/akab-token-1|shh-1|akab-access-1/);
});

describe("checkAllowed", () => {
  const question = { zone: "example.test", name: set.name, type: "TXT", actions: ["create"] } as const;
  const check = (answer: PreparedAnswer) => client([answer]).checkAllowed(question);

  test("asks the proxy", async () => {
    await check({ body: '{"allowed":true}' });
    expect(http.sent[0]?.url).toBe(
      "https://akab.example.test/unexpired/v1/allowed?zone=example.test&name=_acme-challenge.example.test&type=TXT&action=create",
    );
  });

  test("tells the proxy's reason", async () => {
    await expect(check({ body: '{"allowed":false,"detail":"no grant covers this name"}' })).rejects.toMatchObject({
      code: "edge_dns_denied",
      message: expect.stringContaining("no grant covers this name") as string,
    });
  });

  test.each([403, 404])("%i is Akamai itself, which has no such question", async (status) => {
    await expect(check({ status })).resolves.toBeUndefined();
  });

  test("wrong credentials are an error already here", async () => {
    await expect(check({ status: 401 })).rejects.toMatchObject({ code: "edge_dns_denied" });
  });
});

test("standby credentials are used once the others are refused, and the other way round", async () => {
  const standbyCredentials = { ...credentials, clientToken: "standby" };
  const refused = problem(401, "deny", "Inactive client token");
  const answers = [refused, { body: setJson }, { body: setJson }, refused, { body: setJson }, refused, refused];
  const edgeDns = client(answers, { standbyCredentials });
  expect(edgeDns.usesStandby).toBe(false);
  const read = () => edgeDns.getRecordSet("example.test", set.name, "TXT");
  expect((await read())?.rdata).toEqual(set.rdata);
  expect(edgeDns.usesStandby).toBe(true);
  for (const _ of [2, 3]) expect((await read())?.rdata).toEqual(set.rdata);
  await expect(read()).rejects.toMatchObject({ code: "edge_dns_denied" });
  const used = http.sent.map(({ headers }) => /client_token=([^;]+)/.exec(headers?.authorization ?? "")?.[1]);
  expect(used).toEqual(["ct", "standby", "standby", "standby", "ct", "ct", "standby"]);
  expect(edgeDns.usesStandby).toBe(false);
});

test("access is checked with one small request, once, and further tries of others are told", async () => {
  const reasons: string[] = [];
  const own = client([{ body: '{"zones":[]}' }, problem(403, "forbidden"), problem(503, "x"), { body: setJson }], {
    onRetry: ({ code }) => reasons.push(code),
  });
  await own.checkAccess();
  await expect(own.checkAccess()).rejects.toMatchObject({ code: "edge_dns_denied" });
  await own.getRecordSet("example.test", set.name, "TXT");
  const page = "?page=1&pageSize=1";
  expect(http.sent.map(({ url }) => new URL(url).search)).toEqual([page, page, "", ""]);
  expect(reasons).toEqual(["edge_dns_problem"]);
});
