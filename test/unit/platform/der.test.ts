import { bitString, integer, objectIdentifier, octetString, sequence, time } from "../../../src/platform/der";
import { childrenOf, oidText, readDer } from "../../../src/platform/der-reader";

test.each([
  [0, "0400"],
  [127, "047f"],
  [128, "048180"],
  [256, "04820100"],
  [65_536, "0483010000"],
])("the length of %i octets", (size, header) => {
  const bytes = octetString(Buffer.alloc(size));
  expect(bytes.toString("hex").slice(0, header.length)).toBe(header);
  expect(readDer(bytes).content).toHaveLength(size);
});

test.each([
  ["2.5.29.17", "0603551d11"],
  ["1.2.840.10045.4.3.2", "06082a8648ce3d040302"],
  ["1.3.6.1.5.5.7.3.1", "06082b06010505070301"],
  ["2.23.140.1.2.1", "060667810c010201"],
])("object identifier %s", (text, hex) => {
  expect(objectIdentifier(text).toString("hex")).toBe(hex);
  expect(oidText(readDer(Buffer.from(hex, "hex")))).toBe(text);
});

test("UTCTime until 2049, GeneralizedTime after (RFC 5280 4.1.2.5)", () => {
  expect(time(new Date("2049-12-31T23:59:59.900Z")).toString("latin1").slice(2)).toBe("491231235959Z");
  expect(time(new Date("2050-01-01T00:00:00Z")).toString("latin1").slice(2)).toBe("20500101000000Z");
});

test("children come in order", () => {
  const parts = [integer(Buffer.from([5])), bitString(Buffer.from([0x80]), 7)];
  expect(childrenOf(readDer(sequence(...parts))).map(({ whole }) => whole)).toEqual(parts);
});

test.each(["", "30", "3002", "300205", "30820100", "02010000", "3084000000010500"])("%p is malformed", (hex) => {
  expect(() => readDer(Buffer.from(hex, "hex"))).toThrow(RangeError);
});
