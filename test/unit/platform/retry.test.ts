import { abortedError } from "../../../src/platform/clock";
import { AppError } from "../../../src/platform/errors";
import { retry, type RetryPolicy } from "../../../src/platform/retry";

const policy: RetryPolicy = { attempts: 4, firstDelayMs: 100, maxDelayMs: 300 };
const passing = new AppError("network", "no answer", { retryable: true });

function recorder(failures: readonly Error[]) {
  const waits: number[] = [];
  let calls = 0;
  const run = (signal?: AbortSignal) =>
    retry(
      async () => {
        const failure = failures[calls++];
        if (failure) throw failure;
        return calls;
      },
      { policy, signal, random: () => 1, sleep: async (ms) => void waits.push(ms) },
    );
  return { run, waits, calls: () => calls };
}

test("waits grow to their cap", async () => {
  const { run, waits } = recorder([passing, passing, passing]);
  await expect(run()).resolves.toBe(4);
  expect(waits).toEqual([100, 200, 300]);
});

test("giving up throws the last error", async () => {
  const last = new AppError("network", "the last one", { retryable: true });
  const { run, calls } = recorder([passing, passing, passing, last]);
  await expect(run()).rejects.toBe(last);
  expect(calls()).toBe(4);
});

test.each([
  ["an error that is final", new AppError("invalid_config", "no")],
  ["a stranger's error", new TypeError("bug")],
  ["a cancelled operation", new AppError("aborted", "cancelled", { retryable: true })],
  ["a Retry-After beyond the cap", new AppError("network", "later", { retryable: true, retryAfterMs: 301 })],
])("%s is not tried again", async (_, error) => {
  const { run, calls } = recorder([error]);
  await expect(run()).rejects.toThrow(error.message);
  expect(calls()).toBe(1);
});

test("a Retry-After within the cap is honoured", async () => {
  const { run, waits } = recorder([new AppError("network", "later", { retryable: true, retryAfterMs: 250 })]);
  await run();
  expect(waits).toEqual([250]);
});

test("a cancelled signal stops before the first try", async () => {
  const { run, calls } = recorder([]);
  await expect(run(AbortSignal.abort())).rejects.toMatchObject({ code: "aborted" });
  expect(calls()).toBe(0);
});

test.each([["while it waits"], ["in the middle of a try"]])(
  "time over %s: the error tells what failed before",
  async (when) => {
    const deadline = new AbortController();
    const endTime = () => {
      deadline.abort(new DOMException("over", "TimeoutError"));
      return Promise.reject(abortedError(deadline.signal));
    };
    const throttled = new AppError("aws_throttled", "AWS throttled it", { retryable: true, hint: "try again later" });
    const running = retry((attempt) => (attempt === 1 ? Promise.reject(throttled) : endTime()), {
      policy,
      signal: deadline.signal,
      sleep: () => (when === "while it waits" ? endTime() : Promise.resolve()),
    });
    await expect(running).rejects.toMatchObject({
      code: "timeout",
      message: "the time allowed for this operation is over; the last try: AWS throttled it",
      hint: "try again later",
    });
  },
);
