import type { RecordSet } from "../../../src/dns/record-set";
import { ZoneStore } from "../../../src/sandbox/zone-store";

const txt = (name: string, ...rdata: string[]): RecordSet => ({ name, type: "TXT", ttlSeconds: 60, rdata });

let now = 0;
let store: ZoneStore;
beforeEach(() => {
  now = 1_000;
  store = new ZoneStore({ now: () => new Date(now) });
  store.createZone("Example.test.", [txt("A.example.test.", '"v" "w"')]);
});

test("a new zone has SOA, name servers with addresses, and what it was given, texts untouched", () => {
  expect(store.recordSets("example.test").map(({ name, type }) => `${name} ${type}`)).toEqual([
    "a.example.test TXT",
    "example.test NS",
    "example.test SOA",
    "ns1.example.test A",
    "ns2.example.test A",
  ]);
  expect(store.recordSet("example.test", "A.EXAMPLE.test", "TXT")).toEqual(txt("a.example.test", '"v" "w"'));
});

test("a write is one version, whatever it holds, and the past stays readable", () => {
  const first = store.zone("example.test");
  now += 100;
  const second = store.write("example.test", {
    put: [txt("b.example.test", '"1"'), txt("c.example.test", '"2"')],
    remove: [{ name: "a.example.test", type: "TXT" }],
  });
  expect(second.serial).toBe(2);
  expect(second.versionId).not.toBe(first?.versionId);
  expect(second.sets.get("example.test/SOA")?.rdata[0]).toContain(" 2 3600 ");
  expect(store.recordSet("example.test", "a.example.test", "TXT")).toBeUndefined();
  expect(store.zone("example.test", 1)).toBe(first);
  expect(store.zone("example.test", 0)).toBe(second);
  expect(store.zone("example.test", 1_000_000)).toBe(first);
});

test("the longest zone holds a name", () => {
  store.createZone("sub.example.test");
  expect(store.zones()).toEqual(["example.test", "sub.example.test"]);
  expect(store.zoneOf("x.sub.example.test")).toBe("sub.example.test");
  expect(store.zoneOf("x.example.test")).toBe("example.test");
  expect(store.zoneOf("evil-example.test")).toBeUndefined();
});

test("mistakes of tests are errors", () => {
  const invalid = { code: "invalid_argument" };
  const thrownBy = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return error;
    }
    return undefined;
  };
  expect(thrownBy(() => store.createZone("example.test"))).toMatchObject(invalid);
  expect(thrownBy(() => store.write("nope.test", {}))).toMatchObject(invalid);
  expect(thrownBy(() => store.write("example.test", { put: [txt("a.other.test", '"v"')] }))).toMatchObject(invalid);
});
