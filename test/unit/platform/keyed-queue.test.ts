import { setImmediate as turn } from "node:timers/promises";
import { KeyedQueue } from "../../../src/platform/keyed-queue";

test("one key: one after the other, also after a failure; another key: beside it", async () => {
  const queue = new KeyedQueue();
  const events: string[] = [];
  const step =
    (name: string, fails = false) =>
    async () => {
      events.push(`${name} begins`);
      await turn();
      await turn();
      events.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const results = await Promise.allSettled([
    queue.run("a", step("a1", true)),
    queue.run("a", step("a2")),
    queue.run("b", step("b1")),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(events.indexOf("a2 begins")).toBeGreaterThan(events.indexOf("a1 ends"));
  expect(events.indexOf("b1 begins")).toBeLessThan(events.indexOf("a1 ends"));
});
