import { orphan } from "../../../../../src/manage-certs/findings/rules/orphan";
import { attach, certificate, found, inDays, listener } from "../../../../support/scanned-estate";

const since = (days: number, facts: object = {}) => certificate("a", { importedAt: inDays(-days), ...facts });

test("nothing uses it for seven days and more", () => {
  expect(found(orphan, { certificates: [since(6.99)] })).toEqual([]);
  expect(found(orphan, { certificates: [since(7)] })).toMatchObject([
    { severity: "notice", message: "nothing uses it" },
  ]);
});

test("what ACM or our own look says is used is none, nor what an ACME client holds or is not issued", () => {
  expect(found(orphan, { certificates: [since(9, { inUseBy: ["arn"] })] })).toEqual([]);
  expect(found(orphan, { certificates: [since(9)], attachments: attach(listener("web"), since(9)) })).toEqual([]);
  expect(found(orphan, { certificates: [since(9, { origin: "acme-endpoint" })] })).toEqual([]);
  const pending = certificate("p", { importedAt: undefined, notBefore: undefined, notAfter: undefined });
  expect(found(orphan, { certificates: [pending] })).toEqual([]);
});
