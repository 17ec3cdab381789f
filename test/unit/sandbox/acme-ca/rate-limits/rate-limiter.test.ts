import { RateLimiter } from "../../../../../src/sandbox/acme-ca/rate-limits/rate-limiter";
import {
  letsEncryptRateLimits,
  type AcmeCaRateLimits,
} from "../../../../../src/sandbox/acme-ca/rate-limits/rate-limits";
import { registeredDomain } from "../../../../../src/sandbox/acme-ca/rate-limits/registered-domain";
import { AcmeProblem } from "../../../../../src/sandbox/acme-ca/problems";

/** Retry-After of what the limiter says, 0 if it lets pass. */
function wait(limiter: RateLimiter, name: keyof AcmeCaRateLimits): number {
  try {
    limiter.check(name, "key", "things");
    return 0;
  } catch (error) {
    if (error instanceof AcmeProblem) return Number(error.headers["retry-after"]);
    throw error;
  }
}

test.each<[keyof AcmeCaRateLimits, number, number]>([
  ["ordersPerAccount", 300, 36],
  ["certificatesPerRegisteredDomain", 50, 202 * 60],
  ["certificatesPerExactNameSet", 5, 34 * 3600],
  ["failedValidations", 5, 12 * 60],
  ["accountsPerAddress", 10, 18 * 60],
])("%s: %i at once, then one in %i s", (name, count, interval) => {
  let now = Date.parse("2026-11-02T10:00:00Z");
  const limiter = new RateLimiter(letsEncryptRateLimits, { now: () => new Date(now) });
  for (let index = 0; index < count; index++) {
    expect(wait(limiter, name)).toBe(0);
    limiter.spend(name, "key");
  }
  const seconds = wait(limiter, name);
  // The documentation rounds: 202 min for 201.6, 34 h for 33.6.
  expect(Math.abs(seconds - interval)).toBeLessThanOrEqual(interval * 0.02);
  now += (seconds - 1) * 1000;
  expect(wait(limiter, name)).toBe(1);
  now += 1000;
  expect(wait(limiter, name)).toBe(0);
  limiter.check(name, "another key", "things");
});

test("a bucket does not fill beyond its size, and an absent limit limits nothing", () => {
  let now = 0;
  const limiter = new RateLimiter({ ordersPerAccount: { count: 1, perSeconds: 10 } }, { now: () => new Date(now) });
  limiter.spend("ordersPerAccount", "key");
  now = 1_000_000;
  expect(wait(limiter, "ordersPerAccount")).toBe(0);
  limiter.spend("ordersPerAccount", "key");
  expect(wait(limiter, "ordersPerAccount")).toBe(10);
  for (let index = 0; index < 1000; index++) limiter.spend("failedValidations", "key");
  expect(wait(limiter, "failedValidations")).toBe(0);
});

test.each([
  ["example.gov", "example.gov"],
  ["*.a.example.gov", "example.gov"],
  ["www.example.co.uk", "example.co.uk"],
  ["*.example.gov.uk", "example.gov.uk"],
])("%s is registered as %s", (name, domain) => expect(registeredDomain(name)).toBe(domain));
