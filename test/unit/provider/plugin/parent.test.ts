import { setTimeout as wait } from "node:timers/promises";
import { watchParent } from "../../../../src/provider/plugin/parent";

test("tells once, when the parent has changed", async () => {
  const host = { ppid: 100 };
  let told = 0;
  watchParent(host, () => told++, { everyMs: 1 });
  await wait(5);
  expect(told).toBe(0);
  host.ppid = 1;
  await wait(10);
  expect(told).toBe(1);
});
