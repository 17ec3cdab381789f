import { LocalReplayKeys } from "../../../../src/proxy/coordination/local-replay-keys";
import { ReplayGuard } from "../../../../src/proxy/identity/replay-guard";

const write = { clientToken: "t", signature: "s", body: Buffer.from("b") };

test("a write is admitted once within the window, and again after it", async () => {
  let now = 0;
  const guard = new ReplayGuard(new LocalReplayKeys({ now: () => new Date(now) }), 1000);
  expect(await guard.admit(write)).toBe(true);
  now = 999;
  expect(await guard.admit(write)).toBe(false);
  now = 1000;
  expect(await guard.admit(write)).toBe(true);
});

test("token, signature and body make a write", async () => {
  const guard = new ReplayGuard();
  const others = [{ clientToken: "u" }, { signature: "r" }, { body: Buffer.from("c") }];
  const writes = [write, ...others.map((other) => ({ ...write, ...other }))];
  expect(await Promise.all(writes.map((each) => guard.admit(each)))).toEqual([true, true, true, true]);
});
