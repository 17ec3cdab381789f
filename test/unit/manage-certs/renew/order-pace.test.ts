import { OrderPace } from "../../../../src/manage-certs/renew/order-pace";
import { AppError } from "../../../../src/platform/errors";

const issuer = { name: "le", directoryUrl: "https://ca.test/directory" };
const other = { name: "other", directoryUrl: "https://other.test/directory" };
const limited = () =>
  Promise.reject(new AppError("acme_rate_limited", "too many new orders", { retryAfterMs: 36_000 }));
const taken = () => Promise.resolve("taken");

function paced(ordersPerHour = 100) {
  const waits: number[] = [];
  const clock = { now: () => new Date(0) };
  const pace = new OrderPace({ ordersPerHour, clock, sleep: async (ms) => void waits.push(ms) });
  const order = (work: () => Promise<string>, ca = issuer) => pace.run(ca, undefined, work);
  return { order, waits };
}

test("three hours' worth at once, then one by one, each CA for itself", async () => {
  const { order, waits } = paced(1);
  for (let count = 0; count < 5; count++) await order(taken);
  await order(taken, other);
  expect(waits).toEqual([3_600_000, 7_200_000]);
});

test("one refusal is about one certificate, two in a row are about the account", async () => {
  const { order } = paced();
  await expect(order(limited)).rejects.toThrow("too many new orders");
  await expect(order(taken)).resolves.toBe("taken");
  await expect(order(limited)).rejects.toThrow(/^too many/);
  await expect(order(limited)).rejects.toThrow(/^too many/);
  await expect(order(taken)).rejects.toMatchObject({
    code: "acme_rate_limited",
    message: "le takes no more orders in this run: too many new orders",
    retryAfterMs: 36_000,
  });
  await expect(order(taken, other)).resolves.toBe("taken");
});

test.each<[string, AppError]>([
  ["fails", new AppError("acme_problem", "out of order", { retryable: true })],
  ["has no directory", new AppError("acme_directory", "out of order")],
  ["is not reached", new AppError("network", "out of order", { retryable: true, facts: { directoryUrl: "x" } })],
])("a CA that %s twice is not asked again", async (_, failure) => {
  const { order } = paced();
  for (let count = 0; count < 2; count++) await expect(order(() => Promise.reject(failure))).rejects.toBe(failure);
  const { code } = failure;
  await expect(order(taken)).rejects.toMatchObject({
    code,
    message: "le takes no more orders in this run: out of order",
  });
  await expect(order(taken, other)).resolves.toBe("taken");
});

test("other failures close nothing", async () => {
  const { order } = paced();
  const failing = () => Promise.reject(new AppError("network", "no answer", { retryable: true }));
  for (let count = 0; count < 3; count++) await expect(order(failing)).rejects.toThrow("no answer");
  await expect(order(taken)).resolves.toBe("taken");
});
