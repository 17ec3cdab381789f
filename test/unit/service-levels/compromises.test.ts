import { Compromises } from "../../../src/service-levels/compromises";
import { afterMinutes, ledgerLine } from "../../support/ledger-lines";

const hourMs = 3_600_000;
const facts = { reason: "keyCompromise", result: "revoked" } as const;

test("replaced first, then revoked: from the begin of the run that took it up", () => {
  const begunAt = afterMinutes(0).toISOString();
  const entry = ledgerLine("certificate.revoked", { at: 7, facts: { ...facts, begunAt, replacement: "0b" } });
  expect(new Compromises().add(entry)).toEqual([{ at: afterMinutes(7), seconds: 420 }]);
});

test("a first try that failed started the clock", () => {
  const compromises = new Compromises();
  const failed = { outcome: "failed", error: { code: "network", message: "gone" } } as const;
  compromises.add(ledgerLine("certificate.revoked", { ...failed, facts: { reason: "keyCompromise" } }));
  const begunAt = afterMinutes(80).toISOString();
  const [replaced] = compromises.add(
    ledgerLine("certificate.revoked", { at: 90, facts: { ...facts, begunAt, replacement: "0b" } }),
  );
  expect(replaced?.seconds).toBe(90 * 60);
});

test.each([
  ["a renewal under the same ARN", ledgerLine("renewal.ended", { at: 30, subject: { certificateArn: "arn:app" } })],
  ["a renewal of the same names", ledgerLine("renewal.ended", { at: 30, subject: { names: ["app.example.gov"] } })],
  ["a rollout of the same names", ledgerLine("rollout.ended", { at: 30, subject: { names: ["app.example.gov"] } })],
])("revoked at once, then replaced by %s", (_, replacement) => {
  const compromises = new Compromises();
  expect(compromises.add(ledgerLine("certificate.revoked", { facts }))).toEqual([]);
  expect(compromises.add(ledgerLine("renewal.ended", { at: 10, subject: { names: ["other.example.gov"] } }))).toEqual(
    [],
  );
  expect(compromises.add({ ...replacement, outcome: "failed" })).toEqual([]);
  expect(compromises.add(replacement)).toEqual([{ at: afterMinutes(30), seconds: 1800 }]);
  expect(compromises.add(replacement)).toEqual([]);
  expect(compromises.add(ledgerLine("certificate.revoked", { at: 40, facts }))).toEqual([]);
  expect(compromises.overdue(afterMinutes(600), hourMs)).toBe(0);
});

test("what is not replaced in time is overdue, until it is", () => {
  const compromises = new Compromises();
  compromises.add(ledgerLine("certificate.revoked", { facts }));
  expect(compromises.overdue(afterMinutes(60), hourMs)).toBe(0);
  expect(compromises.overdue(afterMinutes(61), hourMs)).toBe(1);
  compromises.add(ledgerLine("renewal.ended", { at: 70 }));
  expect(compromises.overdue(afterMinutes(71), hourMs)).toBe(0);
});

test.each([
  ["another reason", { facts: { ...facts, reason: "superseded" } }],
  ["one that nothing serves", { facts: { ...facts, unused: true } }],
  ["one that was refused", { facts, outcome: "refused" } as const],
])("%s starts no clock", (_, given) => {
  const compromises = new Compromises();
  compromises.add(ledgerLine("certificate.revoked", given));
  expect(compromises.overdue(afterMinutes(10_000), hourMs)).toBe(0);
});
