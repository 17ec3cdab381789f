import type { RecordSet } from "../../../../src/dns/record-set";
import { decide, type AccessRequest } from "../../../../src/proxy/policy/decide";
import { acmeChallengeGrant, acmValidationGrant } from "../../../../src/proxy/policy/grant-presets";
import { parseNamePattern } from "../../../../src/dns/name-pattern";
import { Policy, type Grant } from "../../../../src/proxy/policy/policy";

const zone = "example.gov";
const digest = (letter: string) => letter.repeat(43);
const txt = (...values: string[]) => values.map((value) => `"${value}"`);

const lab: Grant = {
  id: "grants[2]",
  client: "lab",
  zone,
  kind: "records",
  names: ["**.lab.example.gov"],
  recordNames: [parseNamePattern("**.lab.example.gov", zone)],
  types: ["A", "TXT"],
  actions: ["read", "create", "update", "delete"],
  values: /^10\./,
  ttlSeconds: { min: 30, max: 3600 },
  merge: false,
};
const policy = new Policy(
  [],
  [
    acmeChallengeGrant({ id: "grants[0]", client: "web", zone, names: ["app.example.gov", "*.app.example.gov"] }),
    acmValidationGrant({ id: "grants[1]", client: "web", zone, names: ["*.app.example.gov"] }),
    lab,
    { ...lab, id: "grants[3]", client: "reader", actions: ["read"] },
    { ...lab, id: "grants[4]", client: "creator", actions: ["create"] },
    { ...lab, id: "grants[5]", client: "split", actions: ["read"] },
    { ...lab, id: "grants[6]", client: "split", actions: ["create"] },
  ],
);

function change(
  client: string,
  name: string,
  type: string,
  from: readonly string[] | undefined,
  to: readonly string[] | undefined,
  ttls: { from?: number; to?: number } = {},
): AccessRequest {
  const set = (rdata: readonly string[] | undefined, ttlSeconds: number): RecordSet | undefined =>
    rdata === undefined ? undefined : { name, type, ttlSeconds, rdata };
  const current = set(from, ttls.from ?? 300);
  return { kind: "change", client, zone, name, type, current, wanted: set(to, ttls.to ?? 300) };
}

const challenge = "_acme-challenge.app.example.gov";
const [a, b] = [digest("a"), digest("b")];
const hex = "0123456789abcdef0123456789abcdef";
const validation = `_${hex}.app.example.gov`;
const target = `_${hex}.djqtsrsxkq.acm-validations.aws.`;
const host = "h.lab.example.gov";

test.each<[string, AccessRequest, string]>([
  ["a zone with a grant", { kind: "zone", client: "web", zone }, "grants[0]"],
  ["a zone without", { kind: "zone", client: "web", zone: "other.gov" }, "zone-not-granted"],
  ["an unknown client", { kind: "zone", client: "nobody", zone }, "zone-not-granted"],
  ["a first challenge value", change("web", challenge, "TXT", undefined, txt(a)), "grants[0]"],
  ["a second beside a stranger's", change("web", challenge, "TXT", txt("spf x"), txt("spf x", a)), "grants[0]"],
  ["taking one's own away", change("web", challenge, "TXT", txt("spf x", a), txt("spf x")), "grants[0]"],
  ["taking the stranger's away", change("web", challenge, "TXT", txt("spf x", a), txt(a)), "value-not-granted"],
  ["deleting a set with a stranger's", change("web", challenge, "TXT", txt("x", a), undefined), "value-not-granted"],
  ["deleting a set of challenges", change("web", challenge, "TXT", txt(a, b), undefined), "grants[0]"],
  ["a short value", change("web", challenge, "TXT", undefined, txt("a".repeat(42))), "value-not-granted"],
  ["a digest in escapes", change("web", challenge, "TXT", undefined, [`"\\097${"a".repeat(42)}"`]), "grants[0]"],
  ["a digest and more", change("web", challenge, "TXT", undefined, [`"${a}" "x"`]), "value-not-granted"],
  ["the TTL of a shared set", change("web", challenge, "TXT", txt("x"), txt("x", a), { to: 60 }), "ttl-not-granted"],
  ["the TTL of one's own set", change("web", challenge, "TXT", txt(a), txt(a, b), { to: 60 }), "grants[0]"],
  ["another type", change("web", challenge, "CNAME", undefined, ["x.example.gov."]), "type-not-granted"],
  ["another name", change("web", "app.example.gov", "TXT", undefined, txt(a)), "name-not-granted"],
  ["a name below", change("web", `x.${challenge}`, "TXT", undefined, txt(a)), "name-not-granted"],
  ["an ACM record", change("web", validation, "CNAME", undefined, [target]), "grants[1]"],
  ["an ACM record in capitals", change("web", validation, "CNAME", undefined, [target.toUpperCase()]), "grants[1]"],
  ["its repetition", change("web", validation, "CNAME", [target], [target.slice(0, -1)]), "grants[1]"],
  ["its removal", change("web", validation, "CNAME", [target], undefined), "action-not-granted"],
  ["its replacement", change("web", validation, "CNAME", [target], [target.replace("0", "f")]), "action-not-granted"],
  ["a CNAME elsewhere", change("web", validation, "CNAME", undefined, ["evil.test."]), "value-not-granted"],
  [
    "a CNAME past the service",
    change("web", validation, "CNAME", undefined, [`${target}evil.test.`]),
    "value-not-granted",
  ],
  ["a granted address", change("lab", host, "A", undefined, ["10.0.0.1"]), "grants[2]"],
  ["an address outside", change("lab", host, "A", undefined, ["192.0.2.1"]), "value-not-granted"],
  ["over an address outside", change("lab", host, "A", ["192.0.2.1"], ["10.0.0.1"]), "value-not-granted"],
  ["beside an address outside", change("lab", host, "A", ["192.0.2.1"], ["192.0.2.1", "10.0.0.1"]), "grants[2]"],
  ["a TTL too short", change("lab", host, "A", undefined, ["10.0.0.1"], { to: 29 }), "ttl-not-granted"],
  ["a TTL at the edge", change("lab", host, "A", undefined, ["10.0.0.1"], { to: 30 }), "grants[2]"],
  [
    "a TTL out of range, unchanged",
    change("lab", host, "A", ["10.0.0.1"], ["10.0.0.2"], { from: 9, to: 9 }),
    "grants[2]",
  ],
  ["deleting what is not there", change("lab", host, "A", undefined, undefined), "grants[2]"],
  ["writing as a reader", change("reader", host, "A", undefined, ["10.0.0.1"]), "action-not-granted"],
  ["repeating as a creator", change("creator", host, "A", ["10.0.0.1"], ["10.0.0.1"]), "grants[4]"],
  ["repeating as a reader", change("reader", host, "A", ["10.0.0.1"], ["10.0.0.1"]), "action-not-granted"],
  ["deleting as a creator", change("creator", host, "A", ["10.0.0.1"], undefined), "action-not-granted"],
  ["growing as a creator", change("creator", host, "A", ["10.0.0.1"], ["10.0.0.1", "10.0.0.2"]), "action-not-granted"],
  [
    "reading as a creator",
    { kind: "actions", client: "creator", zone, name: host, type: "A", actions: ["read"] },
    "action-not-granted",
  ],
  [
    "reading as a reader",
    { kind: "actions", client: "reader", zone, name: host, type: "A", actions: ["read"] },
    "grants[3]",
  ],
  [
    "several actions, all granted",
    { kind: "actions", client: "web", zone, name: challenge, type: "TXT", actions: ["create", "delete"] },
    "grants[0]",
  ],
  [
    "several actions, one missing",
    { kind: "actions", client: "web", zone, name: validation, type: "CNAME", actions: ["create", "delete"] },
    "action-not-granted",
  ],
  [
    "several actions, each in another grant",
    { kind: "actions", client: "split", zone, name: host, type: "A", actions: ["read", "create"] },
    "action-not-granted",
  ],
])("%s", (_, request, expected) => {
  const decision = decide(policy, request);
  expect(decision.verdict === "allow" ? decision.grant.id : decision.reason.code).toBe(expected);
});

test.each([
  ["a value it would take away", change("lab", host, "A", ["192.0.2.77"], ["10.0.0.1"])],
  ["values it would delete", change("lab", host, "A", ["192.0.2.77"], undefined)],
  ["the TTL of a set", change("lab", host, "A", ["192.0.2.77"], ["192.0.2.77", "10.0.0.1"], { from: 777, to: 60 })],
])("the reason does not tell a client %s", (_, request) => {
  const decision = decide(policy, request);
  expect(decision.verdict).toBe("deny");
  expect(JSON.stringify(decision)).not.toContain("77");
});

test("the reason names what is missing", () => {
  const decision = decide(policy, change("lab", host, "A", undefined, ["10.0.0.1"], { to: 5 }));
  expect(decision).toMatchObject({ reason: { detail: `${host}: a TTL of 5 s is outside 30 to 3600 s` } });
});
