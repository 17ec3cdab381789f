import type { RecordSet } from "../../../../src/dns/record-set";
import { readRecordSetsWrite } from "../../../../src/sandbox/edge-dns/write-record-sets";

const zone = "example.test";
const set = (name: string, type: string, ...rdata: string[]): RecordSet => ({ name, type, ttlSeconds: 60, rdata });
const soa = (serial: number) => set(zone, "SOA", `ns1.${zone}. hostmaster.${zone}. ${serial} 3600 600 604800 300`);
const ns = set(zone, "NS", `ns1.${zone}.`);
const www = set(`www.${zone}`, "A", "192.0.2.1");
const api = set(`api.${zone}`, "A", "192.0.2.2");
const standing = [soa(7), ns, www];

function ask(method: string, sets: readonly RecordSet[], contentType = "application/json") {
  const recordsets = sets.map(({ name, type, ttlSeconds, rdata }) => ({ name, type, ttl: ttlSeconds, rdata }));
  return readRecordSetsWrite({ method, zone, contentType, body: JSON.stringify({ recordsets }) }, standing);
}

test("POST makes sets beside those that stand", () => {
  expect(ask("POST", [api])).toEqual({ write: { put: [api], remove: [] } });
});

test("PUT makes the zone what was sent", () => {
  expect(ask("PUT", [soa(8), ns, api])).toEqual({ write: { put: [soa(8), ns, api], remove: [www] } });
});

test.each([
  ["one set that is there fails all", "POST", [api, www], 409, "duplicateRecordSet", "www.example.test A"],
  ["a set twice", "POST", [api, api], 400, "badRequest", "is there twice"],
  ["a set outside the zone", "POST", [set("www.other.test", "A", "192.0.2.1")], 400, "badRequest", "is not in zone"],
  ["a CNAME beside what stands", "POST", [set(`www.${zone}`, "CNAME", "x.test.")], 400, "cnameCollision", "www"],
  ["no sets", "POST", [], 400, "badRequest", "at least one"],
  ["a zone without SOA", "PUT", [ns, www], 400, "badRequest", "SOA record set is required for zone example.test"],
  ["a zone without name servers", "PUT", [soa(8), www], 400, "badRequest", "NS record set is required"],
  ["a serial that stays", "PUT", [soa(7), ns, www], 400, "badRequest", "SOA serial number must be incremented"],
])("%s", (_, method, sets, status, type, detail) => {
  expect(ask(method, sets)).toMatchObject({
    refusal: {
      status,
      body: {
        type: expect.stringMatching(new RegExp(`${type}$`)) as unknown,
        detail: expect.stringContaining(detail) as unknown,
      },
    },
  });
});

test("a body that is no JSON, or not called so", () => {
  expect(ask("POST", [api], "text/plain")).toMatchObject({ refusal: { status: 415 } });
  const request = { method: "POST", zone, contentType: "application/json", body: "{" };
  expect(readRecordSetsWrite(request, standing)).toMatchObject({ refusal: { status: 400 } });
});
