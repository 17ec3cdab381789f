import { decodeCbor, encodeCbor } from "../../../../src/sandbox/aws/cbor";

/** RFC 8949, Appendix A. */
const both: [string, unknown][] = [
  ["00", 0],
  ["17", 23],
  ["1818", 24],
  ["1903e8", 1000],
  ["1a000f4240", 1_000_000],
  ["1b000000e8d4a51000", 1_000_000_000_000],
  ["20", -1],
  ["3903e7", -1000],
  ["fb3ff199999999999a", 1.1],
  ["fbc010666666666666", -4.1],
  ["f4", false],
  ["f5", true],
  ["f6", null],
  ["c1fb41d452d9ec200000", new Date(1_363_896_240_500)],
  ["4401020304", Buffer.from([1, 2, 3, 4])],
  ["60", ""],
  ["6449455446", "IETF"],
  ["62c3bc", "ü"],
  ["83010203", [1, 2, 3]],
  ["8301820203820405", [1, [2, 3], [4, 5]]],
  ["a0", {}],
  ["a26161016162820203", { a: 1, b: [2, 3] }],
];

test.each(both)("%s both ways", (hex, value) => {
  expect(encodeCbor(value).toString("hex")).toBe(hex);
  expect(decodeCbor(Buffer.from(hex, "hex"))).toEqual(value);
});

test.each<[string, unknown]>([
  ["f90000", 0],
  ["f93e00", 1.5],
  ["f9c400", -4],
  ["f97bff", 65_504],
  ["f90001", 5.960464477539063e-8],
  ["f97c00", Infinity],
  ["fa47c35000", 100_000],
  ["f7", null],
  ["c11a514b67b0", new Date(1_363_896_240_000)],
  ["d81864646f7465", "dote"],
  ["7f657374726561646d696e67ff", "streaming"],
  ["5f42010243030405ff", Buffer.from([1, 2, 3, 4, 5])],
  ["9f018202039f0405ffff", [1, [2, 3], [4, 5]]],
  ["bf61610161629f0203ffff", { a: 1, b: [2, 3] }],
])("%s is read as well", (hex, value) => {
  expect(decodeCbor(Buffer.from(hex, "hex"))).toEqual(value);
});

test("members without a value are left out", () => {
  expect(encodeCbor({ a: undefined, b: 1 })).toEqual(encodeCbor({ b: 1 }));
});

test.each(["", "1a0000", "6449", "0000", "1c", "fc", "ff"])("%j is no value", (hex) => {
  expect(() => decodeCbor(Buffer.from(hex, "hex"))).toThrow();
});
