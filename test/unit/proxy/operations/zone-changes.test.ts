import type { RecordSet } from "../../../../src/dns/record-set";
import { collidingName, zoneChanges } from "../../../../src/proxy/operations/zone-changes";
import { parseNamePattern } from "../../../../src/dns/name-pattern";
import { actions, Policy, type Grant } from "../../../../src/proxy/policy/policy";

const zone = "example.test";
const place = { client: "lab", zone };
const soa = `ns1.${zone}. hostmaster.${zone}. 7 3600 600 604800 300`;
const set = (name: string, type: string, ...rdata: string[]): RecordSet => ({ name, type, ttlSeconds: 300, rdata });

function policyFor(names: readonly string[], types: readonly string[]): Policy {
  const grant: Grant = {
    id: "grants[0]",
    client: "lab",
    zone,
    kind: "records",
    names,
    recordNames: names.map((name) => parseNamePattern(name, zone)),
    types,
    actions,
    merge: false,
  };
  return new Policy([{ name: "lab", tokens: [], requestsPerMinute: 1, oidc: [] }], [grant]);
}

const lab = policyFor([`**.lab.${zone}`], ["A", "AAAA", "CNAME", "TXT"]);
const everything = policyFor([zone, `**.${zone}`], ["A", "CNAME", "TXT", "SOA", "NS"]);

const told = (policy: Policy, standing: RecordSet[], sent: RecordSet[]) =>
  zoneChanges(policy, place, standing, sent).map(({ write }) => `${write.operation} ${write.name} ${write.type}`);

test("what a client cannot read does not exist for it", () => {
  const standing = [set(zone, "SOA", soa), set(zone, "NS", `ns1.${zone}.`), set(`www.${zone}`, "A", "10.0.0.1")];
  expect(told(lab, standing, [set(`a.lab.${zone}`, "A", "10.0.0.2")])).toEqual([`create-record-set a.lab.${zone} A`]);
});

test("what it sends as it stands is no change, whatever its spelling; what it leaves out goes", () => {
  const standing = [
    set(`a.lab.${zone}`, "AAAA", "2001:db8::1"),
    set(`b.lab.${zone}`, "TXT", '"x y; z"'),
    set(`c.lab.${zone}`, "A", "10.0.0.3"),
    set(`d.lab.${zone}`, "A", "10.0.0.4"),
  ];
  const sent = [
    set(`a.lab.${zone}`, "AAAA", "2001:DB8:0:0:0:0:0:1"),
    set(`b.lab.${zone}`, "TXT", "x y; z"),
    set(`d.lab.${zone}`, "A", "10.0.0.5"),
  ];
  expect(told(lab, standing, sent)).toEqual([
    `replace-record-set d.lab.${zone} A`,
    `delete-record-set c.lab.${zone} A`,
  ]);
});

test("sending what stands, unseen, is not told from any other guess", () => {
  const standing = [set(`www.${zone}`, "A", "10.0.0.1")];
  expect(told(lab, standing, standing)).toEqual([`create-record-set www.${zone} A`]);
});

test("a serial that was counted up is no change of the SOA; anything else in it is", () => {
  const ns = set(zone, "NS", `ns1.${zone}.`);
  const standing = [set(zone, "SOA", soa), ns];
  expect(told(everything, standing, [set(zone, "SOA", soa.replace(" 7 ", " 8 ")), ns])).toEqual([]);
  expect(told(everything, standing, [ns, set(zone, "SOA", soa.replace(" 3600 ", " 7200 "))])).toEqual([
    `replace-record-set ${zone} SOA`,
  ]);
});

test.each(["SOA", "NS"])("a zone without its %s is refused", (type) => {
  const standing = [set(zone, "SOA", soa), set(zone, "NS", `ns1.${zone}.`)];
  expect(() =>
    told(
      everything,
      standing,
      standing.filter((each) => each.type !== type),
    ),
  ).toThrow(`the ${type} of ${zone} is left out`);
});

test("what makes room for a CNAME goes first, other deletions go last", () => {
  const standing = [set(`a.lab.${zone}`, "A", "10.0.0.1"), set(`b.lab.${zone}`, "A", "10.0.0.2")];
  const sent = [set(`a.lab.${zone}`, "CNAME", "x.test."), set(`c.lab.${zone}`, "A", "10.0.0.3")];
  expect(told(lab, standing, sent)).toEqual([
    `delete-record-set a.lab.${zone} A`,
    `create-record-set a.lab.${zone} CNAME`,
    `create-record-set c.lab.${zone} A`,
    `delete-record-set b.lab.${zone} A`,
  ]);
});

test("a CNAME is alone at its name, also beside what the client cannot see", () => {
  const collision = (standing: RecordSet[], sent: RecordSet[]) =>
    collidingName(standing, zoneChanges(lab, place, standing, sent));
  const name = `a.lab.${zone}`;
  const cname = set(name, "CNAME", "x.test.");
  expect(collision([set(name, "A", "10.0.0.1")], [cname])).toBeUndefined();
  expect(collision([set(name, "MX", "10 mail.test.")], [cname])).toBe(name);
  expect(collision([], [cname, set(name, "A", "10.0.0.1")])).toBe(name);
  expect(collision([cname], [cname, set(name, "TXT", '"x"')])).toBe(name);
  expect(collision([], [set(name, "A", "10.0.0.1"), set(name, "TXT", '"x"')])).toBeUndefined();
});
