import type { EdgeDnsClient } from "../../../src/akamai/edge-dns-client";
import type { RecordSetEditor } from "../../../src/akamai/record-set-editor";
import { EdgeDnsChallengeRecords } from "../../../src/issuance/edge-dns-challenge-records";
import { AppError } from "../../../src/platform/errors";

/** Notes what it is asked for, and does nothing. */
function recording(ttlSeconds?: number) {
  const calls: unknown[][] = [];
  const note =
    (what: string) =>
    async (...args: unknown[]) =>
      void calls.push([what, ...args]);
  const client = { checkAllowed: note("checkAllowed"), getRecordSet: note("getRecordSet") };
  const editor = { addValues: note("add"), removeValues: note("remove") };
  const records = new EdgeDnsChallengeRecords({
    client: client as unknown as EdgeDnsClient,
    editor: editor as unknown as RecordSetEditor,
    ttlSeconds,
  });
  return { records, calls, client };
}

const place = { zone: "example.gov", name: "_acme-challenge.example.gov", type: "TXT" };
const zone = { type: "edge_dns" as const, name: place.zone };
const { signal } = new AbortController();

test("values are written as TXT, quoted and escaped, with a short life", async () => {
  const { records, calls } = recording();
  await records.add(zone, place.name, ["plain", 'with "quotes"'], signal);
  const values = ['"plain"', '"with \\"quotes\\""'];
  expect(calls).toEqual([["add", { ...place, values, ttlSeconds: 60, signal }]]);
});

test("the same text is removed; the TTL is the owner's choice", async () => {
  const { records, calls } = recording(300);
  await records.add(zone, place.name, ["v"]);
  await records.remove(zone, place.name, ["v"]);
  expect(calls).toEqual([
    ["add", { ...place, values: ['"v"'], ttlSeconds: 300, signal: undefined }],
    ["remove", { ...place, values: ['"v"'], signal: undefined }],
  ]);
});

test("whether we may is asked of a proxy, and whether the zone is there of Edge DNS", async () => {
  const { records, calls } = recording();
  await records.checkAllowed(zone, place.name, signal);
  expect(calls.map(([what]) => what)).toEqual(["checkAllowed", "getRecordSet"]);
});

test.each(["edge_dns_denied", "dns_zone_not_found"] as const)("what says no is thrown: %s", async (code) => {
  const { records, client } = recording();
  const refusal = new AppError(code, "no");
  Object.assign(client, {
    [code === "edge_dns_denied" ? "checkAllowed" : "getRecordSet"]: () => Promise.reject(refusal),
  });
  await expect(records.checkAllowed(zone, place.name)).rejects.toBe(refusal);
});
