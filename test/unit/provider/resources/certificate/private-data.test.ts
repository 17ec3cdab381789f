import { certificatePrivateData } from "../../../../../src/provider/resources/certificate/private-data";
import { readPrivate, writePrivate } from "../../../../../src/provider/rpc/private-data";
import { certificatePrivate } from "../../../../support/certificate-state";

const stored = (version: number, data: unknown) => Buffer.from(JSON.stringify({ version, data }));

test("what was written is read", () => {
  const data = certificatePrivate({ ari: { start: "a", end: "b", askAgainAt: "c" } });
  expect(readPrivate(writePrivate(data, undefined, certificatePrivateData), certificatePrivateData)).toEqual(data);
});

test("version 1 as released: it must stay readable", () => {
  const data = { generation: "g1", notAfter: "2026-04-01T00:00:00.000Z" };
  expect(readPrivate(stored(1, data), certificatePrivateData)).toEqual(data);
});

test.each([
  ["of another version", stored(2, certificatePrivate())],
  ["without a generation", stored(1, { notAfter: "2026-04-01T00:00:00.000Z" })],
  ["that is no JSON", Buffer.from("{")],
  ["of nobody", undefined],
])("data %s is as good as none", (_, bytes) => {
  expect(readPrivate(bytes, certificatePrivateData)).toBeNull();
});
