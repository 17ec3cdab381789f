import { RunningCalls } from "../../../../src/provider/plugin/running-calls";

test("waits for the calls that run, however they end", async () => {
  const ends: (() => void)[] = [];
  const calls = new RunningCalls({
    call: (name) =>
      name === "none"
        ? undefined
        : new Promise((resolve, reject) =>
            ends.push(name === "bad" ? () => reject(new Error("x")) : () => resolve(Buffer.of(1))),
          ),
    stop: () => undefined,
  });
  expect(calls.call("none", Buffer.of())).toBeUndefined();
  const good = calls.call("good", Buffer.of());
  const bad = calls.call("bad", Buffer.of());
  let settled = false;
  const waiting = calls.settled(60_000).then(() => (settled = true));
  ends[0]?.();
  await good;
  expect(settled).toBe(false);
  ends[1]?.();
  await expect(bad).rejects.toThrow("x");
  await waiting;
  expect(settled).toBe(true);
});

test("does not wait longer than it may", async () => {
  const calls = new RunningCalls({ call: () => new Promise(() => undefined), stop: () => undefined });
  void calls.call("endless", Buffer.of());
  await expect(calls.settled(1)).resolves.toBeUndefined();
});
