import { getEventListeners } from "node:events";
import { AppError } from "../../../src/platform/errors";
import { unlessAborted } from "../../../src/platform/unless-aborted";

const never = new Promise<never>(() => undefined);

test("the promise's outcome, and no listener is left", async () => {
  const { signal } = new AbortController();
  await expect(unlessAborted(Promise.resolve(1), signal)).resolves.toBe(1);
  await expect(unlessAborted(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
  await expect(unlessAborted(Promise.resolve(2))).resolves.toBe(2);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("the signal's reason, before and while it waits", async () => {
  const controller = new AbortController();
  const waiting = unlessAborted(never, controller.signal);
  controller.abort(new AppError("edge_dns_busy", "late"));
  await expect(waiting).rejects.toMatchObject({ code: "edge_dns_busy" });
  await expect(unlessAborted(never, controller.signal)).rejects.toMatchObject({ code: "edge_dns_busy" });
  await expect(unlessAborted(Promise.reject(new Error("late")), controller.signal)).rejects.toThrow("late");
});
