import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { abortedError, sleep } from "../../../src/platform/clock";
import { SharedDeadline, withDeadline, within } from "../../../src/platform/deadline";

test("aborts as a timeout when the time is over", async () => {
  const signal = withDeadline(undefined, 1);
  await expect(sleep(10_000, signal)).rejects.toMatchObject({ code: "timeout" });
  expect(abortedError(signal).code).toBe("timeout");
});

test("aborts with the caller's reason before", () => {
  const caller = new AbortController();
  const signal = withDeadline(caller.signal, 10_000);
  caller.abort(new Error("the user pressed Ctrl-C"));
  expect(signal.reason).toBe(caller.signal.reason);
});

test("comes, too, when the garbage is collected meanwhile", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const caller = new AbortController();
  const collecting = setInterval(collect, 5);
  const waiting = sleep(10_000, withDeadline(caller.signal, 60));
  await expect(waiting.finally(() => clearInterval(collecting))).rejects.toMatchObject({ code: "timeout" });
});

describe("within", () => {
  test("aborts as a timeout when the time is over", async () => {
    const sleeping = within(undefined, 1, (signal) => sleep(10_000, signal));
    await expect(sleeping).rejects.toMatchObject({ code: "timeout" });
  });

  test.each([["before"], ["meanwhile"]])("aborts with the caller's reason: %s", async (when) => {
    const caller = new AbortController();
    const reason = new Error("the user pressed Ctrl-C");
    if (when === "before") caller.abort(reason);
    let given: AbortSignal | undefined;
    const waiting = within(caller.signal, 10_000, (signal) => sleep(10_000, (given = signal)));
    caller.abort(reason);
    await expect(waiting).rejects.toMatchObject({ code: "aborted" });
    expect(given?.reason).toBe(reason);
  });

  test.each([["ends", () => Promise.resolve(1)] as const, ["fails", () => Promise.reject(new Error("x"))] as const])(
    "leaves nothing behind when the operation %s",
    async (_, operation) => {
      const caller = new AbortController();
      let given: AbortSignal | undefined;
      await within<unknown>(caller.signal, 10_000, (signal) => {
        given = signal;
        return operation();
      }).catch(() => undefined);
      expect(getEventListeners(caller.signal, "abort")).toHaveLength(0);
      caller.abort();
      expect(given?.aborted).toBe(false);
    },
  );
});

describe("SharedDeadline", () => {
  test("aborts as a timeout when the time is over", async () => {
    const signal = new SharedDeadline(1).signal();
    await expect(sleep(10_000, signal)).rejects.toMatchObject({ code: "timeout" });
  });

  test("is one signal for what begins within a fiftieth of its time, then another one", () => {
    let now = 1_000;
    const deadline = new SharedDeadline(60_000, () => now);
    const first = deadline.signal();
    now += 1_200;
    expect(deadline.signal()).toBe(first);
    now += 1;
    expect(deadline.signal()).not.toBe(first);
  });
});
