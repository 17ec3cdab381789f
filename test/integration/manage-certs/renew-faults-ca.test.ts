/**
 * `renew` while the CA fails, at each of its resources. What passes is tried again; what lasts ends the order with what
 * is true then, and the next run goes on with that order.
 */
import type { GateTrap } from "../../../src/sandbox/request-gate";
import { faultProfiles } from "../../../src/sandbox/sandbox-options";
import { errorsOf, FaultLanes } from "../../support/faults/fault-lanes";
import type { FaultyRun } from "../../support/faults/fault-world";

/** Each waits for its turn. */
jest.setTimeout(300_000);

const resources = [
  "directory",
  "newNonce",
  "newOrder",
  "authorization",
  "challenge",
  "order",
  "finalize",
  "certificate",
];
/** Asked by the scan, or once in the life of an account. */
const others = ["renewalInfo", "newAccount"];

const trap = (operation: string, changes: Partial<GateTrap> & Pick<GateTrap, "action">): GateTrap => ({
  ...{ part: "acme", operation, nth: 1 },
  ...changes,
});

const passing = ["throttle", "fail-before", "break-before", "fail-after", "break-after"] as const;
const passed: Readonly<Record<string, FaultyRun>> = Object.fromEntries(
  passing.map((action) => [
    `each resource once: ${action}`,
    {
      inScan: others.map((operation) => trap(operation, { action })),
      inRenewal: resources.map((operation) => trap(operation, { action })),
    },
  ]),
);
const lasting: Readonly<Record<string, FaultyRun>> = Object.fromEntries(
  resources.map((operation) => [
    `${operation} fails on and on`,
    { inRenewal: [trap(operation, { action: "fail-before", times: Infinity })] },
  ]),
);
const unreachable: FaultyRun = {
  inRenewal: resources.map((operation) => trap(operation, { action: "break-before", times: Infinity })),
};
const lostCertificate: FaultyRun = { inRenewal: [trap("certificate", { action: "fail-before", times: 4 })] };

const lanes = new FaultLanes({ ...passed, ...lasting, unreachable, lostCertificate });
const unwilling = new FaultLanes(
  { undisturbed: {} },
  { faults: { ...faultProfiles.calm, acme: { ...faultProfiles.calm.acme, nonceRejectionShare: 0.5 } } },
);
afterAll(() => Promise.all([lanes.close(), unwilling.close()]), 120_000);

test("the tables name every resource that a run asks for", async () => {
  const asked = new Set((await lanes.clean).run.asked("acme"));
  expect([...asked].sort()).toEqual([...resources, ...others].sort());
});

test.each(Object.keys(passed))("%s: tried again", async (name) => {
  const { first, between, inventory, ordersMore } = await lanes.story(name);
  const clean = await lanes.clean;
  expect(errorsOf(first)).toEqual([]);
  expect(between).toEqual(clean.inventory);
  expect(inventory).toEqual(clean.inventory);
  // where the answer to newOrder is lost, nobody knows that there is one
  expect(ordersMore).toBeLessThanOrEqual(1);
});

const both = (code: string) => [`app.example.gov: ${code}`, `moved.example.gov: ${code}`];

test.each(Object.keys(lasting))("%s: said, and the next run goes on with the orders there are", async (name) => {
  const { first, between, next, inventory, ordersMore } = await lanes.story(name);
  const clean = await lanes.clean;
  expect(errorsOf(first)).toEqual(both("acme_problem"));
  for (const { error } of first.reports)
    if (error)
      expect([error.message, error.hint]).toEqual([
        expect.stringMatching(/^cannot .*the request failed \(serverInternal\); what is served is what it was$/),
        "run the same command again: it goes on from here",
      ]);
  expect(between.challengeValues).toEqual([]);
  expect(errorsOf(next)).toEqual([]);
  expect(inventory).toEqual(clean.inventory);
  const isLost = name.startsWith("certificate");
  expect(ordersMore).toBe(isLost ? 2 : 0);
  const warnings = next.reports.flatMap(({ outcome }) => outcome?.warnings ?? []);
  expect(warnings).toEqual(isLost ? Array(2).fill(expect.stringMatching(/^the key of order \S+ is gone/)) : []);
});

test("a certificate that the CA does not hand out, to one of two: one order more", async () => {
  const { first, inventory, ordersMore } = await lanes.story("lostCertificate");
  expect(errorsOf(first)).toEqual(["app.example.gov: acme_problem"]);
  expect(inventory).toEqual((await lanes.clean).inventory);
  expect(ordersMore).toBe(1);
});

test("a CA that nobody reaches", async () => {
  const { first, inventory, ordersMore } = await lanes.story("unreachable");
  expect(errorsOf(first)).toEqual(both("network"));
  expect(inventory).toEqual((await lanes.clean).inventory);
  expect(ordersMore).toBe(0);
});

test("half of all nonces are refused", async () => {
  const { first, inventory } = await unwilling.story("undisturbed");
  expect(errorsOf(first)).toEqual([]);
  expect(inventory).toEqual((await lanes.clean).inventory);
});
