import { sleep } from "../../../src/platform/clock";

test("sleep rejects at once when it is cancelled", async () => {
  const controller = new AbortController();
  const sleeping = sleep(60_000, controller.signal);
  controller.abort();
  await expect(sleeping).rejects.toMatchObject({ code: "aborted" });
  await expect(sleep(60_000, controller.signal)).rejects.toMatchObject({ code: "aborted" });
});

test("a deadline reads as a timeout", async () => {
  await expect(sleep(60_000, AbortSignal.timeout(1))).rejects.toMatchObject({ code: "timeout" });
});
