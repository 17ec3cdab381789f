import { ReplayGuard } from "../../../../src/proxy/identity/replay-guard";

const write = { clientToken: "t", signature: "s", body: Buffer.from("b") };

test("a write is admitted once within the window, and again after it", () => {
  let now = 0;
  const guard = new ReplayGuard({ now: () => new Date(now) }, 1000);
  expect(guard.admit(write)).toBe(true);
  now = 999;
  expect(guard.admit(write)).toBe(false);
  now = 1000;
  expect(guard.admit(write)).toBe(true);
});

test("token, signature and body make a write", () => {
  const guard = new ReplayGuard();
  const others = [{ clientToken: "u" }, { signature: "r" }, { body: Buffer.from("c") }];
  expect([write, ...others.map((other) => ({ ...write, ...other }))].map((each) => guard.admit(each))).toEqual([
    true,
    true,
    true,
    true,
  ]);
});
