import { systemClock } from "../../../../../src/platform/clock";
import type { HttpClient } from "../../../../../src/platform/http";
import { silentLogger } from "../../../../../src/platform/log";
import { IssuerKeys } from "../../../../../src/proxy/identity/oidc/issuer-keys";

const issuer = "https://issuer.test";

test.each([
  ["another issuer", { issuer: "https://other.test", jwks_uri: `${issuer}/keys` }],
  ["keys over plain HTTP", { issuer, jwks_uri: "http://issuer.test/keys" }],
])("a discovery document with %s is not believed", async (_, document) => {
  const asked: string[] = [];
  const send: HttpClient["send"] = async ({ url }) => {
    asked.push(url);
    return { status: 200, headers: {}, body: JSON.stringify(document) };
  };
  const http = { send } as HttpClient;
  const keys = new IssuerKeys({ issuer, audience: "adp" }, { http, clock: systemClock, logger: silentLogger });
  await expect(keys.keyFor({ alg: "RS256" }, { payload: "", signature: "" })).rejects.toMatchObject({
    code: "network",
  });
  expect(asked).toEqual([`${issuer}/.well-known/openid-configuration`]);
});
