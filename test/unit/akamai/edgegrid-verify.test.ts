import fc from "fast-check";
import { signEdgeGrid } from "../../../src/akamai/edgegrid-sign";
import { maxSignedBody } from "../../../src/akamai/edgegrid-signature";
import { verifyEdgeGrid, type ReceivedRequest } from "../../../src/akamai/edgegrid-verify";
import vectors from "../../vectors/edgegrid/signatures.json";

const { credentials, nonce } = vectors;
const signedAt = new Date(vectors.time);
const clockAt = (offsetMs: number) => ({ now: () => new Date(signedAt.getTime() + offsetMs) });
const secretFor = (clientToken: string, accessToken: string) =>
  clientToken === credentials.clientToken && accessToken === credentials.accessToken
    ? credentials.clientSecret
    : undefined;

function received(changes: Partial<ReceivedRequest> = {}, signedHost = credentials.host): ReceivedRequest {
  const request = { method: "POST", target: "/config-dns/v2/zones?x=%2A", body: '{"a":1}' };
  const signer = { ...credentials, host: signedHost };
  const authorization = signEdgeGrid(signer, request, { clock: clockAt(0), nonce: () => nonce });
  return { ...request, host: credentials.host, authorization, ...changes };
}

const outcome = (request: ReceivedRequest, offsetMs = 0) => {
  const verdict = verifyEdgeGrid(request, { secretFor, clock: clockAt(offsetMs) });
  return verdict.kind === "refused" ? verdict.reason : verdict.kind;
};

describe("verifyEdgeGrid", () => {
  test("accepts what was signed, and names the client", () => {
    expect(verifyEdgeGrid(received(), { secretFor, clock: clockAt(0) })).toMatchObject({
      kind: "verified",
      authorization: { clientToken: credentials.clientToken, accessToken: credentials.accessToken, nonce },
    });
  });

  test.each([
    ["another method", { method: "PUT" }],
    ["another path", { target: "/config-dns/v2/zones?x=*" }],
    ["another host", { host: "other.example.test" }],
    ["another body", { body: '{"a":2}' }],
  ])("refuses %s", (_what, changes) => {
    expect(outcome(received(changes))).toBe("signature");
  });

  test("the window is 30 seconds on both sides", () => {
    expect(outcome(received(), 30_000)).toBe("verified");
    expect(outcome(received(), -30_000)).toBe("verified");
    expect(outcome(received(), 31_000)).toBe("timestamp");
    expect(outcome(received(), -31_000)).toBe("timestamp");
  });

  test("a time that does not exist is a timestamp error", () => {
    const authorization = received().authorization?.replace("20260102T", "20261332T");
    expect(outcome(received({ authorization }))).toBe("timestamp");
  });

  test("no header, and headers of other kinds", () => {
    expect(outcome(received({ authorization: undefined }))).toBe("missing");
    for (const authorization of ["", "Bearer x", "EG1-HMAC-SHA256 client_token=a;signature=b"])
      expect(outcome(received({ authorization }))).toBe("malformed");
  });

  test("an unknown client and a wrong access token look like a wrong signature", () => {
    const unknown = signEdgeGrid({ ...credentials, clientToken: "nobody" }, received(), { clock: clockAt(0) });
    const foreign = signEdgeGrid({ ...credentials, accessToken: "other" }, received(), { clock: clockAt(0) });
    expect(outcome(received({ authorization: unknown }))).toBe("signature");
    expect(outcome(received({ authorization: foreign }))).toBe("signature");
  });

  test("the secret used for unknown clients opens nothing", () => {
    const guess = { ...credentials, clientToken: "nobody", clientSecret: "unknown client" };
    const authorization = signEdgeGrid(guess, received(), { clock: clockAt(0) });
    expect(outcome(received({ authorization }))).toBe("signature");
  });

  test("a body beyond what the signature covers is refused", () => {
    expect(outcome(received({ body: "x".repeat(maxSignedBody + 1) }))).toBe("body-too-long");
  });

  test.each([
    [`${credentials.host}:443`, credentials.host],
    [credentials.host, `${credentials.host}:443`],
  ])("signed for %s, received with Host %s", (signedHost, host) => {
    expect(outcome(received({ host }, signedHost))).toBe("verified");
  });

  test("any other port counts", () => {
    expect(outcome(received({ host: `${credentials.host}:8443` }))).toBe("signature");
    expect(outcome(received({ host: `${credentials.host}:8443` }, `${credentials.host}:8443`))).toBe("verified");
  });

  test("no single changed character of the header passes", () => {
    const header = received().authorization ?? "";
    fc.assert(
      fc.property(fc.nat(header.length - 1), fc.constantFrom(..."aZ0;= "), (at, char) => {
        fc.pre(header[at] !== char);
        const changed = header.slice(0, at) + char + header.slice(at + 1);
        expect(outcome(received({ authorization: changed }))).not.toBe("verified");
      }),
    );
  });
});
