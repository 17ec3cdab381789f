import { RequestRate } from "../../../../src/proxy/identity/request-rate";

test("a minute's worth at once, then evenly; each client has its own", () => {
  let now = 0;
  const rate = new RequestRate({ now: () => new Date(now) });
  expect([rate.take("a", 2), rate.take("a", 2), rate.take("a", 2)].map(({ allowed }) => allowed)).toEqual([
    true,
    true,
    false,
  ]);
  expect(rate.take("b", 2).remaining).toBe(1);
  now = 29_999;
  expect(rate.take("a", 2)).toMatchObject({ allowed: false, remaining: 0, next: new Date(30_000) });
  now = 30_000;
  expect(rate.take("a", 2).allowed).toBe(true);
  now = 3_600_000;
  expect(rate.take("a", 2).remaining).toBe(1);
});
