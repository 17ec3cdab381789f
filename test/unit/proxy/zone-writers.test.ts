import { settleMs } from "../../../src/proxy/operations/write-record-set";
import { defaultDeadlineMs, ZoneWriters } from "../../../src/proxy/zone-writers";

/** An operation that ends when told to. */
function held() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { operation: () => ended, end };
}

test("one zone, one writer, in order of arrival; zones do not wait for each other", async () => {
  const writers = new ZoneWriters();
  const order: string[] = [];
  const first = held();
  const runs = [
    writers.run("a", async () => {
      await first.operation();
      order.push("a1");
    }),
    writers.run("a", async () => order.push("a2")),
    writers.run("b", async () => order.push("b1")),
  ];
  await runs[2];
  first.end();
  await Promise.all(runs);
  expect(order).toEqual(["b1", "a1", "a2"]);
});

test("a failed write does not hold up the next", async () => {
  const writers = new ZoneWriters();
  const failed = writers.run("a", () => Promise.reject(new Error("no")));
  const next = writers.run("a", async () => "done");
  await expect(failed).rejects.toThrow("no");
  await expect(next).resolves.toBe("done");
});

test("more than may wait are turned away at once", async () => {
  const writers = new ZoneWriters({ maxWaiting: 1 });
  const { operation, end } = held();
  const running = writers.run("a", operation);
  await new Promise(setImmediate);
  const waiting = writers.run("a", async () => "second");
  await expect(writers.run("a", async () => "third")).rejects.toMatchObject({ code: "edge_dns_busy", retryable: true });
  end();
  await running;
  await expect(waiting).resolves.toBe("second");
  await expect(writers.run("a", async () => "fourth")).resolves.toBe("fourth");
});

test("the longest wait ends before clients that wait 100 s give up, with a margin for the way", () => {
  expect(defaultDeadlineMs + settleMs).toBeLessThanOrEqual(80_000);
});

test("a write whose turn does not come in time is never begun", async () => {
  const writers = new ZoneWriters({ deadlineMs: 20 });
  const { operation, end } = held();
  let begun = false;
  const running = writers.run("a", (signal) => {
    signal.addEventListener("abort", () => setTimeout(end, 20));
    return operation();
  });
  const late = writers.run("a", async () => (begun = true));
  await expect(late).rejects.toMatchObject({ code: "edge_dns_busy" });
  await running;
  await new Promise(setImmediate);
  expect(begun).toBe(false);
});
