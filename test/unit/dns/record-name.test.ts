import { parseRecordName, parseRecordType } from "../../../src/dns/record-name";
import { zoneForName } from "../../../src/dns/zone-for-name";

describe("parseRecordName", () => {
  test.each([
    ["_acme-challenge.Example.test.", "_acme-challenge.example.test"],
    ["*.example.test", "*.example.test"],
    ["xn--bcher-kva.test", "xn--bcher-kva.test"],
    ["test", "test"],
  ])("%s becomes %s", (text, name) => {
    expect(parseRecordName(text)).toBe(name);
  });

  test.each([
    [""],
    ["."],
    ["a..test"],
    [".test"],
    ["a.*.test"],
    ["a*.test"],
    ["a b.test"],
    ["a/b.test"],
    ["bücher.test"],
    ["a\\046b.test"],
    [`${"a".repeat(64)}.test`],
    [Array.from({ length: 50 }, () => "abcd.e").join(".")],
  ])("%j is refused", (text) => {
    expect(() => parseRecordName(text)).toThrow(expect.objectContaining({ code: "invalid_argument" }) as Error);
  });
});

test("parseRecordType knows what Edge DNS keeps", () => {
  expect(parseRecordType("txt")).toBe("TXT");
  for (const text of ["", "TEXT", "TXT ", "ANY", "AXFR"])
    expect(() => parseRecordType(text)).toThrow(expect.objectContaining({ code: "invalid_argument" }) as Error);
});

describe("zoneForName", () => {
  const zones = ["example.test", "Sub.Example.test.", "test.other"];
  test.each([
    ["_acme-challenge.www.example.test", "example.test"],
    ["a.sub.example.test.", "sub.example.test"],
    ["SUB.example.test", "sub.example.test"],
    ["evil-example.test", undefined],
    ["example.test", "example.test"],
    ["other", undefined],
  ])("%s is in %s", (name, zone) => {
    expect(zoneForName(name, zones)).toBe(zone);
  });
});
