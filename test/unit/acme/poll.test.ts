import { AcmeConnection } from "../../../src/acme/connection";
import { poll } from "../../../src/acme/poll";
import { sleep } from "../../../src/platform/clock";
import { AppError } from "../../../src/platform/errors";
import { ScriptedCa } from "../../support/scripted-ca";

function connect(waits: number[] = []) {
  const ca = new ScriptedCa();
  return new AcmeConnection({ directoryUrl: ca.directoryUrl, http: ca, sleep: async (ms) => void waits.push(ms) });
}

const answers = (...values: { value: string; retryAfterMs?: number }[]) => ({
  what: "the order is not ready",
  ask: async () => values.shift() ?? { value: "pending" },
  isDone: (value: string) => value === "ready",
});

test("the wait begins at 100 ms, doubles, and stays at 5 s", async () => {
  const waits: number[] = [];
  const pending = Array.from({ length: 8 }, () => ({ value: "pending" }));
  await poll(connect(waits), answers(...pending, { value: "ready" }));
  expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
});

test("a longer Retry-After is kept to, up to a minute; a shorter one does not hurry", async () => {
  const waits: number[] = [];
  const pending = [3000, 0, 86_400_000].map((retryAfterMs) => ({ value: "pending", retryAfterMs }));
  await poll(connect(waits), answers(...pending, { value: "ready" }));
  expect(waits).toEqual([100, 3000, 400, 60_000]);
});

test("a first answer that is final needs no question, and one that is not sets the first wait", async () => {
  const waits: number[] = [];
  await expect(poll(connect(waits), { ...answers(), first: { value: "ready" } })).resolves.toBe("ready");
  const first = { value: "processing", retryAfterMs: 2000 };
  await poll(connect(waits), { ...answers({ value: "ready" }), first });
  expect(waits).toEqual([2000]);
});

test("when time is over the error says what is not done, and the wait ends at once", async () => {
  const ca = new ScriptedCa();
  const connection = new AcmeConnection({ directoryUrl: ca.directoryUrl, http: ca, sleep });
  const polled = answers({ value: "pending", retryAfterMs: 50_000 });
  await expect(poll(connection, polled, { firstDelayMs: 1, timeoutMs: 30 })).rejects.toMatchObject({
    code: "timeout",
    message: "the order is not ready after 0.03 s",
    retryable: true,
  });
});

test("an abort ends the wait as such", async () => {
  const ca = new ScriptedCa();
  const connection = new AcmeConnection({ directoryUrl: ca.directoryUrl, http: ca, sleep });
  const controller = new AbortController();
  const waiting = poll(connection, answers(), { firstDelayMs: 60_000, signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: "aborted" });
});

test("a question that fails ends the polling with its error", async () => {
  const error = new AppError("acme_problem", "no such order");
  const ask = () => Promise.reject(error);
  await expect(poll(connect(), { ...answers(), ask })).rejects.toBe(error);
});
