import { WaitingTime } from "../../../src/issuance/waiting-time";

let nowMs = 0;
const waiting = () => new WaitingTime({ now: () => new Date(nowMs) });

/** A wait that the test ends. */
function wait(): { readonly promise: Promise<string>; readonly end: (failure?: Error) => void } {
  let end: (failure?: Error) => void = () => undefined;
  const promise = new Promise<string>((resolve, reject) => {
    end = (failure) => (failure === undefined ? resolve("done") : reject(failure));
  });
  return { promise, end };
}

test("waits side by side count once, one after the other add up", async () => {
  nowMs = 1_000;
  const time = waiting();
  const [first, second] = [wait(), wait()];
  const both = [time.during(first.promise), time.during(second.promise)];
  nowMs += 300;
  first.end();
  await both[0];
  nowMs += 200;
  expect(time.milliseconds).toBe(500);
  second.end();
  expect(await both[1]).toBe("done");
  nowMs += 10_000;
  const third = wait();
  const last = time.during(third.promise);
  nowMs += 50;
  third.end();
  await last;
  expect(time.milliseconds).toBe(550);
});

test("a wait that fails counts as well", async () => {
  const time = waiting();
  const failing = wait();
  const during = time.during(failing.promise);
  nowMs += 70;
  failing.end(new Error("gone"));
  await expect(during).rejects.toThrow("gone");
  nowMs += 70;
  expect(time.milliseconds).toBe(70);
});
