import { TokenBucket } from "../../../src/platform/token-bucket";
import { AppError } from "../../../src/platform/errors";

test("lets a burst pass, then keeps the rate in the order of arrival, and fills up again", async () => {
  let now = 0;
  const waits: number[] = [];
  const bucket = new TokenBucket({
    perSecond: 2,
    burst: 2,
    clock: { now: () => new Date(now) },
    sleep: async (ms) => void waits.push(ms),
  });
  for (let count = 0; count < 5; count++) await bucket.take();
  expect(waits).toEqual([500, 1000, 1500]);
  now = 10_000;
  await bucket.take();
  await bucket.take();
  expect(waits).toHaveLength(3);
});

test("who gives up waiting gives the turn back", async () => {
  const sleep = jest.fn<Promise<void>, [number]>();
  const bucket = new TokenBucket({ perSecond: 1, burst: 1, clock: { now: () => new Date(0) }, sleep });
  await bucket.take();
  sleep.mockRejectedValueOnce(new AppError("aborted", "cancelled"));
  await expect(bucket.take()).rejects.toMatchObject({ code: "aborted" });
  await bucket.take();
  expect(sleep.mock.calls).toEqual([
    [1000, undefined],
    [1000, undefined],
  ]);
});
