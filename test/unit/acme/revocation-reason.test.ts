import {
  isRevocationReason,
  nameOfReason,
  revocationReasons,
  whyNotForSubscribers,
} from "../../../src/acme/revocation-reason";

test("codes are those of RFC 5280 5.3.1", () => {
  const codes = Object.entries(revocationReasons).map(([name, { code }]) => [name, code]);
  expect(Object.fromEntries(codes)).toEqual({
    unspecified: 0,
    keyCompromise: 1,
    affiliationChanged: 3,
    superseded: 4,
    cessationOfOperation: 5,
  });
});

test.each(["privilegeWithdrawn", "cACompromise", "aACompromise", "certificateHold", "removeFromCRL"])(
  "%s is not a subscriber's to give",
  (name) => {
    expect(isRevocationReason(name)).toBe(false);
    expect(whyNotForSubscribers(name)).toMatch(/\w/);
  },
);

test("what is no reason at all is neither", () => {
  expect(isRevocationReason("toString")).toBe(false);
  expect(whyNotForSubscribers("toString")).toBeUndefined();
});

test("codes have names", () => {
  expect([0, 1, 9, 10].map(nameOfReason)).toEqual(["unspecified", "keyCompromise", "privilegeWithdrawn", "reason 10"]);
});
