import fc from "fast-check";
import { FairQueue } from "../../../../src/proxy/coordination/fair-queue";

function drain<T>(queue: FairQueue<T>): T[] {
  const taken: T[] = [];
  for (let item = queue.take(); item !== undefined; item = queue.take()) taken.push(item);
  return taken;
}

test("clients take turns, in the order in which they came", () => {
  const queue = new FairQueue<string>();
  for (const item of ["a1", "a2", "a3", "b1", "c1", "c2"]) queue.add(item.charAt(0), item);
  expect([queue.size, queue.sizeOf("a"), queue.sizeOf("x")]).toEqual([6, 3, 0]);
  expect(drain(queue)).toEqual(["a1", "b1", "c1", "a2", "c2", "a3"]);
  expect([queue.size, queue.sizeOf("a")]).toEqual([0, 0]);
});

test("who has just had a turn is behind those who came meanwhile", () => {
  const queue = new FairQueue<string>();
  queue.add("a", "a1");
  queue.add("a", "a2");
  expect(queue.take()).toBe("a1");
  queue.add("b", "b1");
  queue.add("a", "a3");
  expect(drain(queue)).toEqual(["a2", "b1", "a3"]);
});

test("what is taken out is not served, and only once taken out", () => {
  const queue = new FairQueue<string>();
  const removals = ["a", "a", "b"].map((client) => queue.add(client, client));
  removals[2]?.();
  removals[2]?.();
  removals[0]?.();
  expect(queue.size).toBe(1);
  expect(drain(queue)).toEqual(["a"]);
  removals[1]?.();
  expect(queue.size).toBe(0);
});

test("nobody is passed over: between two items of one client there is at most one of each other", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "b", "c", undefined), { maxLength: 60 }), (steps) => {
      const queue = new FairQueue<string>();
      const served: string[] = [];
      const waitingSince = new Map<string, number>();
      const take = () => {
        const client = queue.take();
        if (client === undefined) return;
        const since = waitingSince.get(client) ?? 0;
        const between = served.slice(since);
        expect(new Set(between).size).toBe(between.length);
        served.push(client);
        if (queue.sizeOf(client) > 0) waitingSince.set(client, served.length);
        else waitingSince.delete(client);
      };
      for (const step of steps) {
        if (step === undefined) take();
        else {
          if (!waitingSince.has(step)) waitingSince.set(step, served.length);
          queue.add(step, step);
        }
      }
      while (queue.size > 0) take();
    }),
  );
});
