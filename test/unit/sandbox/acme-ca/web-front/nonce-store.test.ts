import { NonceStore } from "../../../../../src/sandbox/acme-ca/web-front/nonce-store";

test("nonces are base64url, differ, and are good once", () => {
  const nonces = new NonceStore();
  const [first, second] = [nonces.issue(), nonces.issue()];
  expect(first).toMatch(/^[A-Za-z0-9_-]{22,}$/);
  expect(first).not.toBe(second);
  expect([nonces.redeem(first), nonces.redeem(first), nonces.redeem("other")]).toEqual([true, false, false]);
});

test("the oldest is forgotten when there are too many", () => {
  const nonces = new NonceStore(2);
  const issued = [nonces.issue(), nonces.issue(), nonces.issue()];
  expect(issued.map((nonce) => nonces.redeem(nonce))).toEqual([false, true, true]);
});
