import fc from "fast-check";
import type { RecordSet } from "../../../../src/dns/record-set";
import { parsePolicyFile } from "../../../../src/proxy/policy-file/parse-policy-file";
import { explainRequest, type Explanation } from "../../../../src/proxy/policy-tools/explain-request";

const digest = (letter: string) => letter.repeat(43);
const { policy } = parsePolicyFile(
  `listen: { port: 1, insecurePlainHttp: true, names: [a.example] }
masterKey: { env: KEY }
audit: { file: audit.jsonl }
clients: [{ name: c }, { name: blind }]
grants:
  - { client: c, zone: e.gov, names: [x.e.gov], types: [MX], actions: [read] }
  - { client: c, zone: e.gov, names: ["*.e.gov"], types: [A], actions: [read, create, update], values: '^10\\.', ttlSeconds: { min: 60 } }
  - { client: c, zone: e.gov, allow: acme-challenge, names: [e.gov] }
  - { client: blind, zone: e.gov, names: [e.gov], types: [TXT], actions: [create, delete], values: '^mine$', merge: true }
`,
  "adp.yaml",
);

const path = (name: string, type: string) => `/config-dns/v2/zones/e.gov/names/${name}/types/${type}`;
const set = (name: string, type: string, ...rdata: string[]): RecordSet => ({ name, type, ttlSeconds: 300, rdata });

function explain(
  method: string,
  name: string,
  type: string,
  rdata?: string[],
  standing: RecordSet[] = [],
  client = "c",
) {
  const body = rdata && Buffer.from(JSON.stringify({ name, type, ttl: 300, rdata }));
  return explainRequest(policy, { client, method, target: path(name, type), body, standing });
}

/** Each grant and how far the request came in it. */
const traces = ({ decisions }: Explanation) => decisions[0]?.grants.map(({ grant, verdict }) => `${grant} ${verdict}`);

test("a replaced set: what stays upstream is written as it stands", async () => {
  const explanation = await explain("PUT", "x.e.gov", "A", ["10.0.0.2"], [set("x.e.gov", "A", "10.0.0.1")]);
  expect(explanation).toMatchObject({ verdict: "allow", status: 200, operation: "replace-record-set" });
  expect(explanation.upstream).toEqual([
    { method: "PUT", zone: "e.gov", name: "x.e.gov", type: "A", set: set("x.e.gov", "A", "10.0.0.2") },
  ]);
  expect(traces(explanation)).toEqual(["grants[1] allow", "grants[0] type-not-granted", "grants[2] name-not-granted"]);
});

test("a merged set: what others wrote is written with it", async () => {
  const name = "_acme-challenge.e.gov";
  const standing = [set(name, "TXT", '"of others"', `"${digest("a")}"`)];
  const explanation = await explain("PUT", name, "TXT", [digest("b")], standing);
  expect(explanation).toMatchObject({ verdict: "allow", status: 200 });
  expect(explanation.upstream[0]?.set?.rdata).toEqual(['"of others"', `"${digest("b")}"`]);
});

test.each([
  ["a value", "POST", "x.e.gov", "A", ["11.0.0.1"], [], 403, "value-not-granted", "grants[1] value-not-granted"],
  ["a type", "POST", "x.e.gov", "TXT", ["x"], [], 403, "type-not-granted", "grants[0] type-not-granted"],
  [
    "an action, unread",
    "DELETE",
    "x.e.gov",
    "A",
    undefined,
    [],
    403,
    "action-not-granted",
    "grants[1] action-not-granted",
  ],
  ["a name", "GET", "a.b.e.gov", "A", undefined, [], 403, "name-not-granted", "grants[0] name-not-granted"],
] as const)("%s is denied, and the nearest grant comes first", async (...row) => {
  const [, method, name, type, rdata, standing, status, reason, nearest] = row;
  const explanation = await explain(method, name, type, rdata && [...rdata], [...standing]);
  expect(explanation).toMatchObject({ verdict: "deny", status, reason, upstream: [] });
  expect(traces(explanation)?.[0]).toBe(nearest);
});

test.each([
  ["a set that is absent", "PUT", [], 400, []],
  ["a set that stands", "POST", [set("x.e.gov", "A", "10.0.0.1")], 409, []],
] as const)("what is allowed may still fail: %s", async (_, method, standing, status, upstream) => {
  const explanation = await explain(method, "x.e.gov", "A", ["10.0.0.2"], [...standing]);
  expect(explanation).toMatchObject({ verdict: "allow", status, upstream });
  expect(traces(explanation)?.[0]).toBe("grants[1] allow");
});

test("a deletion that would take nothing away", async () => {
  const explanation = await explain("DELETE", "e.gov", "TXT", undefined, [set("e.gov", "TXT", '"theirs"')], "blind");
  expect(explanation).toMatchObject({ verdict: "deny", status: 403, reason: "no-own-value" });
});

test("without a body only what does not depend on it is judged", async () => {
  const possible = await explain("PUT", "x.e.gov", "A");
  expect(possible).toMatchObject({ verdict: "undecided", upstream: [] });
  expect(possible.status).toBeUndefined();
  expect(traces(possible)?.[0]).toBe("grants[1] allow");
  expect(await explain("PUT", "x.e.gov", "MX")).toMatchObject({
    verdict: "deny",
    status: 403,
    reason: "action-not-granted",
  });
});

test("many record sets at once: each has its decision", async () => {
  const ask = (rdata: string) =>
    explainRequest(policy, {
      client: "c",
      method: "POST",
      target: "/config-dns/v2/zones/e.gov/recordsets",
      body: Buffer.from(
        JSON.stringify({
          recordsets: [
            { name: "x.e.gov", type: "A", ttl: 60, rdata: ["10.0.0.1"] },
            { name: "_acme-challenge.e.gov", type: "TXT", ttl: 60, rdata: [rdata] },
          ],
        }),
      ),
      standing: [],
    });
  const allowed = await ask(digest("a"));
  expect(allowed.verdict).toBe("allow");
  expect(allowed.decisions.map(({ type, grant }) => `${type} ${grant}`)).toEqual(["A grants[1]", "TXT grants[2]"]);
  expect(allowed.upstream.map(({ method, type }) => `${method} ${type}`)).toEqual(["POST A", "POST TXT"]);
  const denied = await ask("no digest");
  expect(denied).toMatchObject({ verdict: "deny", status: 403, reason: "value-not-granted", upstream: [] });
  expect(traces(denied)?.[0]).toBe("grants[2] value-not-granted");
});

test("a zone that is not granted does not exist; what cannot be understood is no question of access", async () => {
  const ask = (target: string) => explainRequest(policy, { client: "c", method: "GET", target, standing: [] });
  expect(await ask("/config-dns/v2/zones/e.com")).toMatchObject({
    verdict: "deny",
    status: 404,
    reason: "zone-not-granted",
  });
  expect(await ask("/config-dns/v2/zones/e.gov/names")).toMatchObject({
    verdict: "allow",
    status: 200,
    decisions: [{ grants: [] }],
  });
  expect(await ask("/config-dns/v2/zones/%zz")).toMatchObject({ verdict: "invalid", status: 400 });
});

/** The trace is put together from what is on record of a decision: it must be the trace of that very decision. */
test("the nearest grant is the one that decided", async () => {
  const rdata = fc.subarray(["10.0.0.1", "10.0.0.2", "11.0.0.1", digest("a"), digest("b"), "mine", "theirs"], {
    minLength: 1,
  });
  const names = fc.constantFrom("e.gov", "x.e.gov", "_acme-challenge.e.gov", "a.b.e.gov");
  const question = fc.record({
    method: fc.constantFrom("GET", "POST", "PUT", "DELETE"),
    client: fc.constantFrom("c", "blind"),
    name: names,
    type: fc.constantFrom("A", "TXT", "MX"),
    ttlSeconds: fc.constantFrom(30, 300),
    sent: rdata,
    standing: fc.option(rdata, { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(question, async ({ method, client, name, type, ttlSeconds, sent, standing }) => {
      const explanation = await explain(
        method,
        name,
        type,
        method === "POST" || method === "PUT" ? sent : undefined,
        standing === undefined ? [] : [{ name, type, ttlSeconds, rdata: standing }],
        client,
      );
      const [decision] = explanation.decisions;
      if (decision === undefined) {
        expect(explanation).toMatchObject({ verdict: "invalid", status: 400 });
      } else if (decision.verdict === "allow") {
        expect(decision.grants.find(({ grant }) => grant === decision.grant)?.verdict).toBe("allow");
      } else {
        expect(explanation.upstream).toEqual([]);
        if (decision.reason !== "no-own-value") expect(decision.grants[0]?.verdict).toBe(decision.reason);
      }
    }),
    { numRuns: 2_000 },
  );
});
