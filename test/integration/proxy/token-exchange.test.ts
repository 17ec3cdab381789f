/** CI without stored secrets: an OpenID Connect token becomes credentials that live some minutes. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { signEdgeGrid } from "../../../src/akamai/edgegrid-sign";
import { SignJWT } from "jose";
import { OidcIssuer } from "../../support/oidc-issuer";
import { TestProxy, masterKeyText, type Answer } from "../../support/running-proxy";

const zone = "example.test";
const path = `/config-dns/v2/zones/${zone}/names/_acme-challenge.app.${zone}/types/TXT`;

let issuer: OidcIssuer;
let proxy: TestProxy;
/** How far the proxy's clock is ahead, in milliseconds. */
let ahead = 0;

beforeEach(async () => {
  ahead = 0;
  issuer = await OidcIssuer.start();
  proxy = await TestProxy.start({
    policy: `
oidcIssuers:
  - { issuer: "${issuer.url}", audience: adp.example.gov, caFile: issuer.pem }
clients:
  - name: team-web
    oidc:
      - { issuer: "${issuer.url}", claims: { sub: "repo:example/web", ref: [refs/heads/main, "refs/tags/v*"] } }
  - { name: team-two, oidc: [{ issuer: "${issuer.url}", claims: { repository: example/two } }] }
  - { name: team-late, expires: 2020-01-01, oidc: [{ issuer: "${issuer.url}", claims: { repository: example/late } }] }
  - { name: team-away, cidrs: [10.0.0.0/8], oidc: [{ issuer: "${issuer.url}", claims: { repository: example/away } }] }
  - { name: team-none, tokens: ["{token:none}"] }
grants:
  - { client: team-web, zone: ${zone}, allow: acme-challenge, names: [app.${zone}] }
`,
    zones: { [zone]: [] },
    files: { "issuer.pem": issuer.caPem },
    options: { clock: { now: () => new Date(Date.now() + ahead) } },
  });
});

afterEach(async () => {
  await proxy.stop();
  await issuer.close();
});

const main = { ref: "refs/heads/main" };

function exchange(token: string, body?: unknown, accept = "application/json"): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return proxy.raw("POST", "/unexpired/v1/token", text, { authorization: `Bearer ${token}`, headers: { accept } });
}

/** Status of a read that is signed with what an exchange answered. */
async function statusOfRead({ json }: Answer): Promise<number> {
  const { host = "", client_token, client_secret, access_token } = json as Record<string, string>;
  const credentials = {
    host,
    clientToken: client_token ?? "",
    clientSecret: client_secret ?? "",
    accessToken: access_token ?? "",
  };
  const clock = { now: () => new Date(Date.now() + ahead) };
  const authorization = signEdgeGrid(credentials, { method: "GET", target: path }, { clock });
  return (await proxy.raw("GET", path, undefined, { authorization })).status;
}

test("the credentials are those of the client whose rule fits, and end after 15 minutes", async () => {
  const answer = await exchange(await issuer.token(main));
  expect(answer.status).toBe(200);
  expect(answer.headers["cache-control"]).toBe("no-store");
  expect(answer.json).toMatchObject({ client: "team-web", host: proxy.host });
  const { expires } = answer.json as { expires: string };
  expect(Date.parse(expires) - Date.now()).toBeGreaterThan(14 * 60_000);
  expect(Date.parse(expires) - Date.now()).toBeLessThanOrEqual(15 * 60_000);
  expect(await statusOfRead(answer)).toBe(404);
  ahead = 15 * 60_000 + 1_000;
  expect(await statusOfRead(answer)).toBe(401);
});

test("as text it is an .edgerc file", async () => {
  const { text, headers } = await exchange(await issuer.token(main), undefined, "text/plain");
  expect(headers["content-type"]).toContain("text/plain");
  expect(text).toMatch(
    /^\[default\]\nhost = 127\.0\.0\.1:\d+\nclient_token = akab-oidc-\S+-team-web\nclient_secret = \S+\naccess_token = \S+\n$/,
  );
});

test("the token may stand in the body, and a tag fits the pattern", async () => {
  const token = await issuer.token({ ref: "refs/tags/v1.2" });
  const answer = await proxy.raw("POST", "/unexpired/v1/token", JSON.stringify({ token }), {});
  expect(answer.status).toBe(200);
});

test("where two clients fit, one must be named", async () => {
  const token = await issuer.token({ ...main, repository: "example/two" });
  const undecided = await exchange(token);
  expect(undecided.status).toBe(400);
  expect(undecided.text).toContain("team-web, team-two");
  expect((await exchange(token, { client: "team-two" })).json).toMatchObject({ client: "team-two" });
  expect((await exchange(token, { client: "team-none" })).status).toBe(403);
});

test.each<[string, Record<string, unknown>, number, string]>([
  ["another audience", { ...main, aud: "https://sts.example" }, 401, "its audience is not adp.example.gov"],
  ["another issuer", { ...main, iss: "https://other.example" }, 401, "is not trusted here"],
  ["a token that has expired", { ...main, exp: 1_700_000_000 }, 401, "it has expired"],
  ["a token that never expires", { ...main, exp: undefined }, 401, "its claim exp is missing"],
  ["a token that is not good yet", { ...main, nbf: 4_000_000_000 }, 401, "its claim nbf"],
  ["a token without subject", { ...main, sub: undefined }, 401, "its claim sub is missing"],
  ["a claim that is missing", {}, 403, "no client's oidc rule fits"],
  ["a claim that differs", { ref: "refs/heads/mainly" }, 403, "no client's oidc rule fits"],
  ["a client that has expired", { repository: "example/late" }, 403, "team-late has expired"],
  ["a client that may not connect from here", { repository: "example/away" }, 403, "may not connect from this address"],
])("%s is refused", async (_, claims, status, detail) => {
  const answer = await exchange(await issuer.token(claims));
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(detail);
  expect(answer.headers["content-type"]).toContain("application/problem+json");
});

test("a token that somebody else signed, or nobody, or that is no token, is refused", async () => {
  const good = await issuer.token(main);
  const [header, payload] = good.split(".");
  const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
  const shared = await new SignJWT({ iss: issuer.url, aud: "adp.example.gov", sub: "repo:example/web", ...main })
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime("5m")
    .sign(Buffer.from("0123456789abcdef0123456789abcdef"));
  for (const token of [`${header}.${payload}.AAAA`, unsigned, shared, "garbage", "a.b.c"])
    expect([token.slice(0, 10), (await exchange(token)).status]).toEqual([token.slice(0, 10), 401]);
  expect((await proxy.raw("POST", "/unexpired/v1/token", undefined, {})).status).toBe(400);
  expect((await exchange(good, undefined)).status).toBe(200);
});

test("the keys are fetched once, and again when a token names a key that is not known", async () => {
  await exchange(await issuer.token(main));
  await exchange(await issuer.token(main));
  expect(issuer.requests).toEqual(["/.well-known/openid-configuration", "/keys"]);
  await issuer.changeKey();
  const token = await issuer.token(main);
  expect((await exchange(token)).status).toBe(401);
  ahead = 31_000;
  expect((await exchange(token)).status).toBe(200);
  expect(issuer.requests).toHaveLength(4);
});

test("an issuer that is down makes a 503 at first, and nothing once its keys are known", async () => {
  issuer.isDown = true;
  expect((await exchange(await issuer.token(main))).status).toBe(503);
  issuer.isDown = false;
  expect((await exchange(await issuer.token(main))).status).toBe(200);
  issuer.isDown = true;
  ahead = 11 * 60_000;
  expect((await exchange(await issuer.token({ ...main, exp: Math.floor(Date.now() / 1000) + 3600 }))).status).toBe(200);
});

test("credentials end with the rule of their client; the trail tells who asked, and no secret", async () => {
  const answer = await exchange(await issuer.token(main));
  const text = readFileSync(join(proxy.folder, "adp.yaml"), "utf8");
  writeFileSync(join(proxy.folder, "adp.yaml"), text.replace(/ +oidc:\n.*refs\/heads\/main.*\n/, ""));
  await proxy.proxy.reload();
  expect(await statusOfRead(answer)).toBe(401);
  const { client_token: token, client_secret: secret } = answer.json as Record<string, string>;
  const entry = proxy.audit().find(({ event }) => event === "token");
  expect(entry).toMatchObject({ client: "team-web", token, issuer: issuer.url, subject: "repo:example/web" });
  expect(JSON.stringify([proxy.audit(), proxy.logged])).not.toContain(secret);
  expect(JSON.stringify(proxy.logged)).not.toContain(masterKeyText);
});

test("nobody can make up a token of somebody else's client", async () => {
  const answer = await exchange(await issuer.token(main));
  const own = answer.json as Record<string, string>;
  const forged = { ...own, client_token: String(own.client_token).replace("team-web", "team-two") };
  expect(await statusOfRead({ ...answer, json: forged })).toBe(401);
});
