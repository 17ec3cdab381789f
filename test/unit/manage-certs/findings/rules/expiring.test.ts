import { expiring } from "../../../../../src/manage-certs/findings/rules/expiring";
import type { ScannedCertificate } from "../../../../../src/manage-certs/scan/estate";
import { certificate, found, inDays } from "../../../../support/scanned-estate";

/** Of 90 days, so many are left. */
const left = (days: number, facts: Partial<ScannedCertificate> = {}) =>
  certificate("a", { notBefore: inDays(days - 90), notAfter: inDays(days), inUseBy: ["arn"], ...facts });
const told = (each: ScannedCertificate) => found(expiring, { certificates: [each] }).map(({ severity }) => severity);

test.each([
  [31, []],
  [30, ["warning"]],
  [16, ["warning"]],
  [15, ["critical"]],
  [1, ["critical"]],
  [0, []],
])("of 90 days %s are left: %s", (days, expected) => {
  expect(told(left(days))).toEqual(expected);
});

test("ACM's own are its business until they are overdue; what nothing uses is nobody's", () => {
  expect(told(left(20, { owner: "acm" }))).toEqual([]);
  expect(told(left(10, { owner: "acm" }))).toEqual(["critical"]);
  expect(told(left(10, { inUseBy: [] }))).toEqual([]);
});

test("says when it ends, why it is due, and who has to act", () => {
  const [finding] = found(expiring, { certificates: [left(20, { owner: "terraform" })] });
  expect(finding).toMatchObject({
    message: "it ends in 20 days, on 2026-06-21, and is due since 2026-05-22",
    action: "apply the stack that its tags name; its plan shows the renewal",
  });
  const renewal = { state: "due", reason: "ari-window", renewAt: inDays(-1) } as const;
  expect(found(expiring, { certificates: [left(20, { renewal })] })[0]?.message).toContain("its CA asks to renew it");
  const floor = { state: "due", reason: "floor", renewAt: inDays(-1) } as const;
  expect(found(expiring, { certificates: [left(20, { renewal: floor })] })[0]?.message).toContain("less than a sixth");
});
