import { signEdgeGrid } from "../../../src/akamai/edgegrid-sign";
import { TestProxy, type Answer, type Send } from "../../support/running-proxy";

const zone = "example.test";
const path = `/config-dns/v2/zones/${zone}/names/a.${zone}/types/TXT`;
const body = (value: string) => JSON.stringify({ name: `a.${zone}`, type: "TXT", ttl: 60, rdata: [`"${value}"`] });

let proxy: TestProxy;
let send: Send;

beforeAll(async () => {
  const grant = (client: string) =>
    `  - { client: ${client}, zone: ${zone}, names: [a.${zone}], types: [TXT], actions: [read, create, update, delete] }\n`;
  proxy = await TestProxy.start({
    policy: `
clients:
  - { name: web, tokens: ["{token:web}"], cidrs: [127.0.0.0/8] }
  - { name: late, tokens: ["{token:late}"], expires: 2020-01-01 }
  - { name: away, tokens: ["{token:away}"], cidrs: [10.0.0.0/8] }
  - { name: slow, tokens: ["{token:slow}"], requestsPerMinute: 2 }
grants:
${["web", "late", "away", "slow"].map(grant).join("")}`,
    zones: { [zone]: [] },
  });
  send = proxy.as("web");
});

afterAll(() => proxy.stop());

/** A problem without what differs from request to request. */
function problem({ status, json }: Answer) {
  const { type, title, detail } = json as Record<string, string>;
  return { status, type: type?.replace("https://problems.luna.akamaiapis.net", ""), title, detail };
}

test("no header, another scheme", async () => {
  const expected = { status: 400, type: "/-/pep-authn/request-error", title: "Bad request" };
  for (const authorization of ["", "Bearer x", "EG1-HMAC-SHA256 client_token=a"]) {
    const answer = await proxy.raw("GET", path, undefined, { authorization });
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(problem(answer)).toMatchObject(expected);
  }
});

test("an unknown token, a wrong secret and a wrong access token look the same", async () => {
  const own = proxy.credentials("web");
  const answers: Answer[] = [await proxy.as("nobody")("GET", path)];
  for (const wrong of [{ clientSecret: "guessed" }, { accessToken: "akab-other" }]) {
    const authorization = signEdgeGrid({ ...own, ...wrong }, { method: "GET", target: path });
    answers.push(await proxy.raw("GET", path, undefined, { authorization }));
  }
  const expected = {
    status: 401,
    type: "/-/pep-authn/deny",
    title: "Not authorized",
    detail: "The signature does not match",
  };
  expect(answers.map(problem)).toEqual([expected, expected, expected]);
});

test.each([
  ["method", "GET", path, undefined],
  ["path", "POST", path.replace("TXT", "A"), body("v")],
  ["query", "POST", `${path}?x=1`, body("v")],
  ["body", "POST", path, body("w")],
])("a signature is good for its %s only", async (_, method, target, text) => {
  const authorization = signEdgeGrid(proxy.credentials("web"), { method: "POST", target: path, body: body("v") });
  expect((await proxy.raw(method, target, text, { authorization })).status).toBe(401);
});

test.each([
  ["28 s slow", -28_000, 404],
  ["28 s fast", 28_000, 404],
  ["35 s slow", -35_000, 400],
  ["35 s fast", 35_000, 400],
])("a clock %s", async (_, skewMs, status) => {
  const answer = await send("GET", path, undefined, { skewMs });
  expect(answer.status).toBe(status);
  if (status === 400) expect(problem(answer).detail).toBe("Invalid timestamp");
});

test("a write is taken once, a read as often as it comes; the same signature over another body is another write", async () => {
  const get = signEdgeGrid(proxy.credentials("web"), { method: "GET", target: path });
  for (let i = 0; i < 2; i++)
    expect((await proxy.raw("GET", path, undefined, { authorization: get })).status).toBe(404);
  const post = signEdgeGrid(proxy.credentials("web"), { method: "POST", target: path, body: body("v") });
  expect((await proxy.raw("POST", path, body("v"), { authorization: post })).status).toBe(201);
  expect((await proxy.raw("POST", path, body("v"), { authorization: post })).status).toBe(401);
  const put = signEdgeGrid(proxy.credentials("web"), { method: "PUT", target: path, body: body("x") });
  expect((await proxy.raw("PUT", path, body("x"), { authorization: put })).status).toBe(200);
  expect((await proxy.raw("PUT", path, body("y"), { authorization: put })).status).toBe(200);
  expect((await proxy.raw("PUT", path, body("x"), { authorization: put })).status).toBe(401);
  expect(proxy.store.recordSet(zone, `a.${zone}`, "TXT")?.rdata).toEqual(['"y"']);
  expect(proxy.audit().filter((entry) => entry.reason === "replay")).toHaveLength(2);
  await send("DELETE", path);
});

test("a DELETE is taken once, whatever comes with it", async () => {
  const authorization = signEdgeGrid(proxy.credentials("web"), { method: "DELETE", target: path });
  await send("POST", path, body("v"));
  expect((await proxy.raw("DELETE", path, undefined, { authorization })).status).toBe(204);
  await send("POST", path, body("v"));
  expect((await proxy.raw("DELETE", path, body("v"), { authorization })).status).toBe(401);
  expect((await send("DELETE", path)).status).toBe(204);
});

test("an expired client and one from elsewhere hear why, and are on record", async () => {
  expect(problem(await proxy.as("late")("GET", path))).toMatchObject({ status: 401, detail: "Inactive client token" });
  expect(problem(await proxy.as("away")("GET", path))).toMatchObject({
    status: 403,
    detail: "The client may not connect from this address",
  });
  const refused = proxy.audit().filter((entry) => entry.event === "refused");
  expect(refused).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ client: "late", reason: "inactive" }),
      expect.objectContaining({ client: "away", reason: "network", remoteAddress: "127.0.0.1" }),
    ]),
  );
});

test("more requests than the client may make", async () => {
  const slow = proxy.as("slow");
  const statuses = [(await slow("GET", path)).status, (await slow("GET", path)).status];
  const answer = await slow("GET", path);
  expect([...statuses, answer.status]).toEqual([404, 404, 429]);
  expect(answer.headers).toMatchObject({ "x-ratelimit-limit": "2", "x-ratelimit-remaining": "0", "retry-after": "30" });
});

test("a host that is not this proxy's, with or without its port", async () => {
  expect((await send("GET", path, undefined, { host: "adp.example.gov" })).status).toBe(404);
  expect(problem(await send("GET", path, undefined, { host: "evil.test" }))).toMatchObject({
    status: 400,
    detail: "Invalid host: this proxy does not answer by that name",
  });
});

test("the port 443 in the signature and not in the header", async () => {
  const credentials = { ...proxy.credentials("web"), host: "adp.example.gov:443" };
  const authorization = signEdgeGrid(credentials, { method: "GET", target: path });
  expect((await proxy.raw("GET", path, undefined, { authorization, host: "adp.example.gov" })).status).toBe(404);
});

test("a body longer than its signature reaches", async () => {
  const answer = await send("POST", path, "x".repeat(131_073));
  expect(answer.status).toBe(413);
});
