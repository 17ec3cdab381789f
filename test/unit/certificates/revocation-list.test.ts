import { lookUpInRevocationList } from "../../../src/certificates/revocation-list";
import { createIssuingHierarchy } from "../../../src/sandbox/acme-ca/issuing/issuing-hierarchy";
import { signRevocationList, type RevokedEntry } from "../../../src/sandbox/acme-ca/issuing/sign-revocation-list";

const now = new Date("2026-11-22T10:00:00Z");
const [one, other] = createIssuingHierarchy(now).intermediates;
const issuerPem = one.pems[0] ?? "";
const entries: readonly RevokedEntry[] = [
  { serial: "0a01", at: new Date("2026-11-20T01:02:03Z"), reason: 1 },
  { serial: "00f002", at: new Date("2050-01-01T00:00:00Z"), reason: 0 },
];

test("a list tells when and why each of its certificates was revoked, and until when it is the newest", () => {
  const list = signRevocationList(entries, one, now);
  const dates = { thisUpdate: now, nextUpdate: new Date("2026-11-29T10:00:00Z") };
  expect(lookUpInRevocationList(list, issuerPem, "0a01")).toEqual({
    ...dates,
    revoked: { at: new Date("2026-11-20T01:02:03Z"), reasonCode: 1 },
  });
  expect(lookUpInRevocationList(list, issuerPem, "00f002").revoked).toEqual({
    at: new Date("2050-01-01T00:00:00Z"),
    reasonCode: 0,
  });
  expect(lookUpInRevocationList(list, issuerPem, "0a02")).toEqual({ ...dates, revoked: undefined });
});

test("an empty list has no entries at all", () => {
  expect(lookUpInRevocationList(signRevocationList([], one, now), issuerPem, "0a01").revoked).toBeUndefined();
});

test.each([
  ["another's", signRevocationList(entries, other, now), /is not signed by/],
  ["changed", flipped(signRevocationList(entries, one, now)), /is not signed by/],
  ["cut off", signRevocationList(entries, one, now).subarray(0, 40), /cannot be read/],
  ["no list", Buffer.from("<html>"), /cannot be read/],
])("a list that is %s counts for nothing", (_, list, message) => {
  expect(() => lookUpInRevocationList(list, issuerPem, "0a01")).toThrow(message);
});

function flipped(list: Buffer): Buffer {
  const at = list.indexOf(Buffer.from("0a01", "hex"));
  list[at] = 0x0b;
  return list;
}
