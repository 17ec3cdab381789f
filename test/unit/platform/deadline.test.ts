import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { abortedError, sleep } from "../../../src/platform/clock";
import { withDeadline } from "../../../src/platform/deadline";

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
