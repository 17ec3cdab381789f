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

test("other failures close nothing", async () => {
  const { order } = paced();
  const failing = () => Promise.reject(new AppError("dns_lookup", "no answer"));
  for (let count = 0; count < 3; count++) await expect(order(failing)).rejects.toThrow("no answer");
  await expect(order(taken)).resolves.toBe("taken");
});
