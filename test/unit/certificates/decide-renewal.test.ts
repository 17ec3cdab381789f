import fc from "fast-check";
import { decideRenewal, momentInWindow, type RenewalInfo } from "../../../src/certificates/decide-renewal";

const day = 24 * 3600 * 1000;
const start = new Date("2026-01-01T00:00:00Z");
const at = (days: number) => new Date(start.getTime() + days * day);
const lifetime = (days: number) => ({ notBefore: start, notAfter: at(days) });

test.each([
  [90, {}, 60],
  [47, {}, 47 - 47 / 3],
  [10, {}, 10 - 10 / 3],
  [6, {}, 3],
  [90, { daysBeforeExpiry: 30 }, 60],
  [90, { daysBeforeExpiry: 45 }, 45],
  [6, { daysBeforeExpiry: 30 }, 3],
])("a certificate of %d days with %j is due on day %d", (days, policy, dueDay) => {
  const moment = at(dueDay);
  const before = decideRenewal(lifetime(days), policy, undefined, new Date(moment.getTime() - 1));
  expect(before).toEqual({ state: "not-due", renewAt: moment });
  expect(decideRenewal(lifetime(days), policy, undefined, moment)).toEqual({
    state: "due",
    reason: "lifetime",
    renewAt: moment,
  });
});

test("never under a sixth of the lifetime, whatever ARI or the user says", () => {
  const late: RenewalInfo = { certId: "a.b", start: at(89), end: at(89.5) };
  for (const decision of [
    decideRenewal(lifetime(90), {}, late, at(76)),
    decideRenewal(lifetime(90), { daysBeforeExpiry: 1 }, undefined, at(76)),
  ])
    expect(decision).toEqual({ state: "due", reason: "floor", renewAt: at(75) });
});

test("ARI goes before the lifetime", () => {
  const soon: RenewalInfo = { certId: "a.b", start: at(1), end: at(2) };
  const decision = decideRenewal(lifetime(90), { daysBeforeExpiry: 30 }, soon, at(2));
  expect(decision).toMatchObject({ state: "due", reason: "ari-window" });
});

test("half of what was left is gone: overdue; over: expired", () => {
  expect(decideRenewal(lifetime(90), {}, undefined, at(75)).state).toBe("overdue");
  expect(decideRenewal(lifetime(90), {}, undefined, at(90))).toMatchObject({ state: "overdue", reason: "expired" });
});

test("a policy of never is never due", () => {
  expect(decideRenewal(lifetime(90), { never: true }, undefined, at(91)).state).toBe("not-due");
});

test("the moment is inside the window and the same for everybody", () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(90 * day), fc.nat(day), (certId, offset, length) => {
      const info = {
        certId,
        start: new Date(start.getTime() + offset),
        end: new Date(start.getTime() + offset + length),
      };
      const moment = momentInWindow(info);
      expect(moment >= info.start && moment <= info.end).toBe(true);
      expect(momentInWindow(info)).toEqual(moment);
    }),
  );
});

test("once due, always due", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(400), fc.nat(400), (days, first, later) => {
      const state = decideRenewal(lifetime(days), {}, undefined, at(first)).state;
      const after = decideRenewal(lifetime(days), {}, undefined, at(first + later)).state;
      if (state !== "not-due") expect(after).not.toBe("not-due");
    }),
  );
});
