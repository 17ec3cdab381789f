import EdgeGrid from "akamai-edgegrid";
import fc from "fast-check";
import { signEdgeGrid } from "../../../src/akamai/edgegrid-sign";
import { edgeGridSignature, maxSignedBody, parseEdgeGridTimestamp } from "../../../src/akamai/edgegrid-signature";
import vectors from "../../vectors/edgegrid/signatures.json";

const { credentials, nonce } = vectors;
const clock = { now: () => new Date(vectors.time) };

describe("signEdgeGrid", () => {
  test.each(vectors.requests)("$name", ({ method, target, body, signature }) => {
    const header = signEdgeGrid(credentials, { method, target, body }, { clock, nonce: () => nonce });
    expect(header).toBe(
      `EG1-HMAC-SHA256 client_token=${credentials.clientToken};access_token=${credentials.accessToken};` +
        `timestamp=20260102T03:04:05+0000;nonce=${nonce};signature=${signature}`,
    );
  });

  test("a body counts up to 131,072 octets", () => {
    const sign = (length: number) =>
      edgeGridSignature({ method: "POST", host: "h.test", target: "/", body: "x".repeat(length) }, "p", "t", "s");
    expect(sign(maxSignedBody + 1)).toBe(sign(maxSignedBody));
    expect(sign(maxSignedBody - 1)).not.toBe(sign(maxSignedBody));
  });

  test("an empty POST is signed like one without a body", () => {
    const sign = (body?: string) =>
      edgeGridSignature({ method: "POST", host: "h.test", target: "/", body }, "p", "t", "s");
    expect(sign("")).toBe(sign());
  });

  test("agrees with Akamai's own library", () => {
    const segment = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_.*"), minLength: 1 });
    fc.assert(
      fc.property(
        fc.constantFrom("GET", "PUT", "POST", "DELETE"),
        fc.array(segment, { minLength: 1, maxLength: 4 }),
        fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
        (method, segments, text) => {
          const path = `/${segments.map((each) => `x${each}`).join("/")}?showAll=true`;
          const body = method === "GET" || text === undefined ? undefined : JSON.stringify({ text });
          const client = new EdgeGrid(
            credentials.clientToken,
            credentials.clientSecret,
            credentials.accessToken,
            "h.test:8443",
          );
          const theirs = client.auth({ path, method, body, headers: {} }) as unknown as TheirRequest;
          const header = theirs.request.headers.Authorization;
          const sent = /timestamp=([^;]+);nonce=([^;]+);/.exec(header);
          const at = parseEdgeGridTimestamp(sent?.[1] ?? "");
          const ours = signEdgeGrid(
            { ...credentials, host: "h.test:8443" },
            { method, target: path, body },
            { clock: { now: () => at ?? new Date(0) }, nonce: () => sent?.[2] ?? "" },
          );
          expect(ours).toBe(header);
        },
      ),
      { numRuns: 50 },
    );
  });
});

interface TheirRequest {
  readonly request: { readonly headers: { readonly Authorization: string } };
}
