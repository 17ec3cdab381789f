import { NoncePool } from "../../../src/acme/nonce-pool";

test("the freshest nonce goes first, each goes once, and the oldest fall out", () => {
  const pool = new NoncePool(2);
  for (const nonce of ["old", "newer", "newest"]) pool.put(nonce);
  expect([pool.take(), pool.take(), pool.take()]).toEqual(["newest", "newer", undefined]);
});
