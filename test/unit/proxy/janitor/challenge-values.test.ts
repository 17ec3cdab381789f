import type { RecordSet } from "../../../../src/dns/record-set";
import type { AuditEntry } from "../../../../src/proxy/audit";
import { ChallengeValues } from "../../../../src/proxy/janitor/challenge-values";

const zone = "example.gov";
const name = `_acme-challenge.app.${zone}`;
const value = (letter: string) => `"${letter.repeat(43)}"`;
const [V, W, foreign] = [value("v"), value("w"), '"google-site-verification=x"'];
const set = (...rdata: string[]): RecordSet | null =>
  rdata.length === 0 ? null : { name, type: "TXT", ttlSeconds: 60, rdata };
const start = Date.parse("2026-01-02T03:00:00Z");
const at = (minute: number) => new Date(start + minute * 60_000);

let values: ChallengeValues;
beforeEach(() => (values = new ChallengeValues()));

function wrote(
  minute: number,
  before: RecordSet | null,
  after: RecordSet | null,
  change: Partial<AuditEntry> = {},
): void {
  const caller = { requestId: "r", client: "team-web", token: "t", remoteAddress: "" };
  const place = { operation: "replace-record-set", zone, name, type: "TXT" };
  const entry: AuditEntry = {
    event: "write",
    ...caller,
    ...place,
    allow: "acme-challenge",
    outcome: "done",
    before,
    after,
  };
  values.note({ ...entry, ...change }, at(minute));
}

const due = (minute: number) => values.due(at(minute)).flatMap(({ rdata }) => rdata);

test("a value that was added is due from its time on, what stood before never", () => {
  wrote(0, set(foreign), set(foreign, V));
  expect(due(-1)).toEqual([]);
  expect(values.due(at(0))).toEqual([{ zone, name, rdata: [V] }]);
});

test("each value has its own time, also where other writes show it again", () => {
  wrote(0, set(), set(V));
  wrote(10, set(V), set(V, W));
  expect(due(5)).toEqual([V]);
  expect(due(10)).toEqual([V, W]);
});

test("a value that was taken away is forgotten, by whatever right", () => {
  wrote(0, set(), set(V, W));
  wrote(1, set(V, W), set(W), { allow: "records" });
  expect(due(60)).toEqual([W]);
  wrote(2, set(W), set());
  expect(values.size).toBe(0);
});

test("a value that somebody else took away meanwhile is not ours, even if it stands again", () => {
  wrote(0, set(), set(V));
  wrote(1, set(foreign), set(foreign, W));
  wrote(2, set(foreign, W, V), set(foreign, V));
  expect(due(60)).toEqual([]);
});

test("a value that was added again, or asked for again, counts from then on", () => {
  wrote(0, set(), set(V));
  wrote(1, set(V), set());
  wrote(30, set(), set(V));
  expect(due(29)).toEqual([]);
  wrote(50, set(V), set(V), { event: "decision", verdict: "allow", outcome: undefined });
  expect(due(49)).toEqual([]);
  expect(due(50)).toEqual([V]);
});

test("a decision that changes something is not asking for what stands beside", () => {
  wrote(0, set(), set(V));
  wrote(50, set(V), set(V, W), { event: "decision", verdict: "allow", outcome: undefined });
  expect(due(49)).toEqual([V]);
});

test("what may have been written is known, what failed is not", () => {
  wrote(0, set(), set(V), { outcome: "unknown" });
  wrote(0, set(), set(W), { outcome: "failed" });
  expect(due(0)).toEqual([V]);
});

test("a removal that may not have been done leaves the value known", () => {
  wrote(0, set(), set(V));
  wrote(1, set(V), set(), { outcome: "unknown" });
  expect(due(60)).toEqual([V]);
});

test.each<[string, Partial<AuditEntry>, string]>([
  ["a generic grant", { allow: "records" }, V],
  ["another type", { type: "CNAME" }, V],
  ["another name", { name: `app.${zone}` }, V],
  ["a value that answers no challenge", {}, foreign],
])("%s is none of the janitor's business", (_, change, text) => {
  wrote(0, set(), set(text), change);
  expect(values.size).toBe(0);
});

test("several sets in one entry count one by one", () => {
  const change = { name, type: "TXT", grant: "grants[0]", before: null, after: set(V) } as const;
  const changes = [
    { ...change, allow: "acme-challenge" },
    { ...change, name: `_acme-challenge.${zone}`, allow: "records" },
  ] as const;
  wrote(0, null, null, {
    name: undefined,
    type: undefined,
    before: undefined,
    after: undefined,
    allow: undefined,
    changes,
  });
  expect(values.due(at(0))).toEqual([{ zone, name, rdata: [V] }]);
});

test("what does not stand any more is forgotten on request", () => {
  wrote(0, set(), set(V, W));
  expect(values.forget({ zone, name, rdata: [V] })).toBe(1);
  expect(values.forget({ zone, name, rdata: [V] })).toBe(0);
  expect(due(0)).toEqual([W]);
});

test("a POST of several sets that stand asks for them once more, though it was judged before they were read", () => {
  wrote(0, set(), set(V));
  const change = {
    name,
    type: "TXT",
    grant: "grants[0]",
    allow: "acme-challenge",
    before: null,
    after: set(V),
  } as const;
  const request = { before: undefined, after: undefined, name: undefined, type: undefined, outcome: undefined };
  wrote(30, null, null, { event: "decision", verdict: "allow", ...request, changes: [change] });
  expect(due(29)).toEqual([]);
  expect(due(30)).toEqual([V]);
});
