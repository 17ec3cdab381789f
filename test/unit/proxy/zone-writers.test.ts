import { settleMs } from "../../../src/proxy/operations/write-record-set";
import { defaultDeadlineMs, ZoneWriters } from "../../../src/proxy/zone-writers";

/** An operation that ends when told to. */
function held() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { operation: () => ended, end };
}

test("one zone, one writer, a client's writes in order of arrival; zones do not wait for each other", async () => {
  const writers = new ZoneWriters();
  const order: string[] = [];
  const first = held();
  const runs = [
    writers.run("a", "c", async () => {
      await first.operation();
      order.push("a1");
    }),
    writers.run("a", "c", async () => order.push("a2")),
    writers.run("b", "c", async () => order.push("b1")),
  ];
  await runs[2];
  first.end();
  await Promise.all(runs);
  expect(order).toEqual(["b1", "a1", "a2"]);
});

test("a failed write does not hold up the next", async () => {
  const writers = new ZoneWriters();
  const failed = writers.run("a", "c", () => Promise.reject(new Error("no")));
  const next = writers.run("a", "c", async () => "done");
  await expect(failed).rejects.toThrow("no");
  await expect(next).resolves.toBe("done");
});

test("more than may wait are turned away at once", async () => {
  const writers = new ZoneWriters({ maxWaiting: 1, maxWaitingPerClient: 1 });
  const { operation, end } = held();
  const running = writers.run("a", "c", operation);
  await new Promise(setImmediate);
  const waiting = writers.run("a", "c", async () => "second");
  await expect(writers.run("a", "c", async () => "third")).rejects.toMatchObject({
    code: "edge_dns_busy",
    retryable: true,
  });
  end();
  await running;
  await expect(waiting).resolves.toBe("second");
  await expect(writers.run("a", "c", async () => "fourth")).resolves.toBe("fourth");
});

test("the longest wait ends before clients that wait 100 s give up, with a margin for the way", () => {
  expect(defaultDeadlineMs + settleMs).toBeLessThanOrEqual(80_000);
});

test("a write whose turn does not come in time is never begun", async () => {
  const writers = new ZoneWriters({ deadlineMs: 20 });
  const { operation, end } = held();
  let begun = false;
  const running = writers.run("a", "c", (signal) => {
    signal.addEventListener("abort", () => setTimeout(end, 20));
    return operation();
  });
  const late = writers.run("a", "c", async () => (begun = true));
  await expect(late).rejects.toMatchObject({ code: "edge_dns_busy" });
  await running;
  await new Promise(setImmediate);
  expect(begun).toBe(false);
});

test("a client with hundreds of writes keeps another waiting for one of them", async () => {
  const writers = new ZoneWriters();
  const first = held();
  const order: string[] = [];
  const write = (client: string, name: string) => writers.run("a", client, async () => order.push(name));
  const running = writers.run("a", "flood", first.operation);
  const flood = Array.from({ length: 100 }, (_, index) => write("flood", `f${index}`));
  const others = [write("web", "w0"), write("web", "w1"), write("lab", "l0")];
  first.end();
  await Promise.all([running, ...flood, ...others]);
  expect(order.slice(0, 7)).toEqual(["f0", "w0", "l0", "f1", "w1", "f2", "f3"]);
  expect(order).toHaveLength(103);
});

test("a client that has filled its share of the queue is turned away, others are not", async () => {
  const writers = new ZoneWriters({ maxWaiting: 4 });
  const { operation, end } = held();
  const runs = ["flood", "flood", "flood"].map((client) => writers.run("a", client, operation));
  expect(writers.waiting).toBe(2);
  await expect(writers.run("a", "flood", operation)).rejects.toThrow("2 writes of this client are waiting already");
  runs.push(writers.run("a", "web", operation), writers.run("b", "flood", operation));
  end();
  await Promise.all(runs);
  expect(writers.waiting).toBe(0);
});

test("a write that has run out of time leaves its place to others", async () => {
  const writers = new ZoneWriters({ maxWaiting: 1, deadlineMs: 20 });
  const { operation, end } = held();
  const running = writers.run("a", "c", operation);
  await expect(writers.run("a", "c", operation)).rejects.toMatchObject({ code: "edge_dns_busy" });
  const next = writers.run("a", "c", async () => "done");
  end();
  await running;
  await expect(next).resolves.toBe("done");
});
