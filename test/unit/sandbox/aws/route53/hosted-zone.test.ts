import {
  HostedZone,
  type ChangeAction,
  type HostedRecordSet,
} from "../../../../../src/sandbox/aws/route53/hosted-zone";
import { toPlainName, toRoute53Name } from "../../../../../src/sandbox/aws/route53/domain-name";

const zone = () =>
  new HostedZone({
    id: "Z1",
    name: "example.org",
    callerReference: "once",
    comment: "",
    nameServers: ["ns-1.awsdns-00.com"],
  });

const set = (name: string, type: string, ...values: string[]): HostedRecordSet => ({
  name,
  type,
  ttlSeconds: 60,
  values,
});
const change = (action: ChangeAction, changed: HostedRecordSet) => ({ action, set: changed });

test("names are shown escaped, and read either way", () => {
  expect(toRoute53Name("*.Example.org.")).toBe("\\052.example.org.");
  expect(toPlainName("\\052.Example.org.")).toBe("*.example.org");
  expect(toRoute53Name("_a-1.example.org")).toBe("_a-1.example.org.");
});

test("a batch is done as a whole or not at all, in its order", () => {
  const made = zone();
  const bad = [
    change("CREATE", set("a.example.org", "A", "192.0.2.1")),
    change("DELETE", set("b.example.org", "A", "1")),
  ];
  expect(() => made.change(bad)).toThrow(
    "[Tried to delete resource record set [name='b.example.org.', type='A'] but it",
  );
  expect(made.isEmpty()).toBe(true);

  made.change([change("CREATE", set("a.example.org", "A", "192.0.2.1"))]);
  made.change([
    change("DELETE", set("a.example.org", "A", "192.0.2.1")),
    change("CREATE", set("a.example.org", "CNAME", "other.example.org")),
  ]);
  expect(made.served()).toEqual([
    { name: "a.example.org", type: "CNAME", ttlSeconds: 60, rdata: ["other.example.org"] },
  ]);
});

test("deleting wants every value and the time to live, in any order", () => {
  const made = zone();
  made.change([change("CREATE", set("a.example.org", "A", "192.0.2.1", "192.0.2.2"))]);
  const wrong = [
    set("a.example.org", "A", "192.0.2.1"),
    { ...set("a.example.org", "A", "192.0.2.1", "192.0.2.2"), ttlSeconds: 61 },
  ];
  for (const each of wrong)
    expect(() => made.change([change("DELETE", each)])).toThrow("the values provided do not match");
  made.change([change("DELETE", set("a.example.org", "A", "192.0.2.2", "192.0.2.1"))]);
  expect(made.isEmpty()).toBe(true);
});

test.each([
  ["a name outside of the zone", set("a.example.net", "A", "192.0.2.1"), "is not permitted in zone example.org."],
  ["a name that only ends alike", set("anexample.org", "A", "192.0.2.1"), "is not permitted in zone example.org."],
  ["a CNAME at the apex", set("example.org", "CNAME", "a.example.net"), "is not permitted at apex"],
  ["a CNAME beside others", set("www.example.org", "CNAME", "a.example.net"), "conflicts with other records"],
  ["others beside a CNAME", set("alias.example.org", "TXT", '"a"'), "a conflicting RRSet of type CNAME"],
  ["what exists", set("www.example.org", "A", "192.0.2.9"), "but it already exists"],
  ["text without quotes", set("t.example.org", "TXT", "a"), "should be enclosed in quotation marks"],
  ["text with an open quote", set("t.example.org", "TXT", '"a" "b'), "should be enclosed in quotation marks"],
  ["a string that is too long", set("t.example.org", "TXT", `"${"a".repeat(256)}"`), "CharacterStringTooLong"],
  ["an address that is none", set("t.example.org", "A", "192.0.2"), "ARRDATAIllegalIPv4Address"],
  ["an IPv6 address that is none", set("t.example.org", "AAAA", "192.0.2.1"), "AAAARRDATAIllegalIPv6Address"],
  ["two targets", set("t.example.org", "CNAME", "a.example.org", "b.example.org"), "more than one value"],
  ["the same value twice", set("t.example.org", "A", "192.0.2.1", "192.0.2.1"), "Duplicate Resource Record"],
  ["no value", set("t.example.org", "A"), "Expected at least one of"],
  ["a type that is none", set("t.example.org", "FOO", "x"), "is no type of record"],
])("refuses %s", (_, refused, message) => {
  const made = zone();
  made.change([
    change("CREATE", set("www.example.org", "A", "192.0.2.1")),
    change("CREATE", set("alias.example.org", "CNAME", "www.example.org")),
  ]);
  expect(() => made.change([change("CREATE", refused)])).toThrow(message);
});

test("text in several strings and with escapes is right", () => {
  const made = zone();
  made.change([change("UPSERT", set("t.example.org", "TXT", `"${"a".repeat(255)}" "b\\"c"`, '""'))]);
  expect(made.isEmpty()).toBe(false);
});

test("name servers and SOA of the zone stay", () => {
  const made = zone();
  for (const each of made.all())
    expect(() => made.change([change("DELETE", each)])).toThrow("A HostedZone must contain");
  expect(made.all()).toHaveLength(2);
});

test("one set may be written once in a batch", () => {
  const twice = change("UPSERT", set("a.example.org", "A", "192.0.2.1"));
  expect(() => zone().change([twice, twice])).toThrow(
    "an invalid set of changes for a resource record set 'A a.example.org.'",
  );
});

test("a batch has 1000 records at most, an UPSERT counts twice", () => {
  const upserts = (count: number) =>
    Array.from({ length: count }, (_, index) => change("UPSERT", set(`a${index}.example.org`, "A", "192.0.2.1")));
  expect(() => zone().change(upserts(501))).toThrow("limit of 1000");
  expect(() => zone().change(upserts(500))).not.toThrow();
});
