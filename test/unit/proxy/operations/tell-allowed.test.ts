import { silentLogger } from "../../../../src/platform/log";
import { newShortLivedToken } from "../../../../src/proxy/identity/short-lived-token";
import type { Call, ProxyParts } from "../../../../src/proxy/operations/call";
import { tellAllowed } from "../../../../src/proxy/operations/tell-allowed";
import { acmeChallengeGrant } from "../../../../src/proxy/policy/grant-presets";
import { Policy } from "../../../../src/proxy/policy/policy";

const zone = "example.gov";

async function told(token: string, expires?: Date): Promise<unknown> {
  const clients = [
    { name: "team-web", tokens: [], expires, requestsPerMinute: 300, oidc: [] },
    { name: "other", tokens: [], requestsPerMinute: 1, oidc: [] },
  ];
  const grants = ["team-web", "other"].map((client) =>
    acmeChallengeGrant({ id: "grants[0]", client, zone, names: [`app.${zone}`] }),
  );
  const parts = { policy: new Policy(clients, grants), audit: { write: async () => undefined }, logger: silentLogger };
  const call: Call = {
    principal: { client: "team-web", token },
    requestId: "r",
    remoteAddress: "127.0.0.1",
    connection: "1",
    signal: new AbortController().signal,
  };
  return (await tellAllowed(parts as unknown as ProxyParts, call, {})).body;
}

test("a client hears its own grants, its limit, and nothing of others", async () => {
  const body = await told("akab-0123456789abcdef");
  expect(body).toMatchObject({
    client: "team-web",
    expires: null,
    requestsPerMinute: 300,
    grants: [{ zone, allow: "acme-challenge", records: [`_acme-challenge.app.${zone}`], merge: true }],
  });
  expect(JSON.stringify(body)).not.toContain("other");
});

test("credentials that end before the client does say when", async () => {
  const soon = new Date("2026-01-02T03:15:00Z");
  const token = newShortLivedToken({ client: "team-web", expires: soon });
  expect(await told(token)).toMatchObject({ expires: "2026-01-02T03:15:00.000Z" });
  expect(await told(token, new Date("2026-01-01"))).toMatchObject({ expires: "2026-01-01T00:00:00.000Z" });
  expect(await told("akab-0123456789abcdef", soon)).toMatchObject({ expires: "2026-01-02T03:15:00.000Z" });
});
