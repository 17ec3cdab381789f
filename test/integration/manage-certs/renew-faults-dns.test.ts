/** `renew` while DNS fails: Edge DNS behind akamai-dns-proxy, and the proxy itself. Route 53 is among AWS's. */
import type { GateTrap } from "../../../src/sandbox/request-gate";
import { errorsOf, FaultLanes } from "../../support/faults/fault-lanes";
import type { FaultyRun } from "../../support/faults/fault-world";

/** Each waits for its turn. */
jest.setTimeout(300_000);

const calls = ["GET recordset", "GET zone", "POST recordset", "DELETE recordset"];
const trap = (operation: string, changes: Partial<GateTrap> & Pick<GateTrap, "action">): GateTrap => ({
  ...{ part: "edge-dns", operation, nth: 1 },
  ...changes,
});

const passing = ["throttle", "fail-before", "break-before", "fail-after", "break-after"] as const;
const passed: Readonly<Record<string, FaultyRun>> = Object.fromEntries(
  passing.map((action) => {
    const traps = calls.map((operation) => trap(operation, { action }));
    return [`each call once: ${action}`, { inScan: traps, inRenewal: traps }];
  }),
);
/** Each kind of question, as well those of the CA. */
const unanswered: FaultyRun = {
  inRenewal: ["CNAME", "CAA", "TXT"].map((operation) => ({ part: "dns", operation, nth: 1, action: "break-before" })),
};
const lasting = (operation: string): readonly GateTrap[] => [
  trap(operation, { action: "fail-before", times: Infinity }),
];

const lanes = new FaultLanes({
  ...passed,
  "each question of DNS is lost once": unanswered,
  "reads fail before the plan": { inScan: lasting("GET recordset") },
  "reads fail": { inRenewal: lasting("GET recordset") },
  "writes fail": { inRenewal: lasting("POST recordset") },
  "values cannot be removed": { inRenewal: lasting("DELETE recordset") },
  "the proxy is down": { planned: (world) => world.proxy.stop() },
});
afterAll(() => lanes.close(), 120_000);

test("the table names every call of a run", async () => {
  const asked = new Set((await lanes.clean).run.asked("edge-dns"));
  expect([...asked].sort()).toEqual([...calls].sort());
});

test.each([...Object.keys(passed), "each question of DNS is lost once"])("%s: tried again", async (name) => {
  const { first, between, inventory, ordersMore } = await lanes.story(name);
  const clean = await lanes.clean;
  expect(errorsOf(first)).toEqual([]);
  expect([between, inventory]).toEqual([clean.inventory, clean.inventory]);
  expect(ordersMore).toBe(0);
});

test.each([
  ["reads fail before the plan", "edge_dns_problem", /^Edge DNS answered GET/],
  ["reads fail", "edge_dns_problem", /^Edge DNS answered GET .*; what is served is what it was$/],
  ["writes fail", "edge_dns_problem", /^Edge DNS answered POST .*; what is served is what it was$/],
  ["the proxy is down", "network", /^cannot reach GET .*; what is served is what it was$/],
])("%s: said, and the next run goes on with the orders there are", async (name, code, message) => {
  const { first, next, inventory, ordersMore } = await lanes.story(name);
  expect(errorsOf(first)).toEqual([`app.example.gov: ${code}`, `moved.example.gov: ${code}`]);
  for (const { error } of first.reports) if (error) expect(error.message).toMatch(message);
  expect(errorsOf(next)).toEqual([]);
  expect(inventory).toEqual((await lanes.clean).inventory);
  expect(ordersMore).toBe(0);
});

test("values cannot be removed: the certificates are in place, and the next run removes the values", async () => {
  const { first, between, inventory, ordersMore } = await lanes.story("values cannot be removed");
  expect(errorsOf(first)).toEqual([]);
  const left = ["app", "moved"].map((label) => `_acme-challenge.${label}.example.gov`);
  expect(first.reports.flatMap(({ outcome }) => outcome?.warnings ?? [])).toEqual(
    left.map(
      (name) => expect.stringContaining(`will be removed by the next run: TXT ${name} in example.gov`) as string,
    ),
  );
  expect(between.challengeValues).toEqual(left);
  expect(inventory).toEqual((await lanes.clean).inventory);
  expect(ordersMore).toBe(0);
});
