/**
 * `renew` while AWS fails. What passes is waited out; what lasts ends the run with what is true then, and the next run
 * ends where an undisturbed one does.
 */
import type { GateTrap, TrapAction } from "../../../src/sandbox/request-gate";
import { errorsOf, FaultLanes } from "../../support/faults/fault-lanes";
import type { FaultyRun } from "../../support/faults/fault-world";

/** Each waits for its turn. */
jest.setTimeout(300_000);

const inScan = [
  ...["GetCallerIdentity", "ListCertificates", "DescribeCertificate", "GetCertificate", "GetResources"],
  ...["DescribeLoadBalancers", "DescribeListeners", "DescribeListenerCertificates", "ListDistributions"],
  ...["GetDomainNames", "ListServerCertificates", "GetHostedZone"],
];
const inRenewal = [
  ...["DescribeCertificate", "GetCertificate", "ImportCertificate", "AddTagsToCertificate"],
  ...["ListResourceRecordSets", "ChangeResourceRecordSets", "GetChange"],
  ...["DescribeListenerCertificates", "AddListenerCertificates", "ModifyListener", "RemoveListenerCertificates"],
  ...["RemoveTagsFromCertificate", "DeleteCertificate"],
];

type Trap = Pick<GateTrap, "action"> & Partial<GateTrap>;
const trap = (operation: string, changes: Trap): GateTrap => ({ part: "aws", operation, nth: 1, ...changes });

/** What passes: each call of the scan and each of the renewal meets it once. */
const passing = ["throttle", "fail-before", "break-before", "fail-after", "break-after"] as const;
const passed: Readonly<Record<string, FaultyRun>> = Object.fromEntries(
  passing.map((action) => [
    `each call once: ${action}`,
    {
      inScan: inScan.map((operation) => trap(operation, { action })),
      // the first import asks whether there may be one
      inRenewal: inRenewal.flatMap((operation) =>
        operation === "ImportCertificate"
          ? [2, 4].map((nth) => trap(operation, { action, nth }))
          : trap(operation, { action }),
      ),
    },
  ]),
);

/** A trial needs more of some of them. */
const tried: Readonly<Record<string, FaultyRun>> = {
  "on trial before": { canary: true },
  ...Object.fromEntries(
    (["fail-before", "break-after"] as const).map((action) => {
      const inTrial = inRenewal.map((operation) => trap(operation, { action, nth: 2 }));
      return [`on trial before, each second call: ${action}`, { canary: true, inRenewal: inTrial }];
    }),
  ),
};

const lasting = (operation: string, action: TrapAction = "fail-before", nth = 1): FaultyRun => ({
  inRenewal: [trap(operation, { action, nth, times: Infinity })],
});
const lastingInScan = (operation: string): FaultyRun => ({
  inScan: [trap(operation, { action: "fail-before", times: Infinity })],
});

const app = "app.example.gov";
const moved = "moved.example.gov";
const both = (code: string) => [`${app}: ${code}`, `${moved}: ${code}`];

/** What lasts until the run ends → its errors, and what they say is true. */
const failing: readonly (readonly [string, FaultyRun, readonly string[], RegExp])[] = [
  ["scan: GetCallerIdentity", lastingInScan("GetCallerIdentity"), ["sts: aws_request"], /^$/],
  ["scan: ListCertificates", lastingInScan("ListCertificates"), ["acm: aws_request"], /^$/],
  [
    "scan: GetResources",
    lastingInScan("GetResources"),
    ["tag: aws_request", "tag: aws_request", ...both("aws_request")],
    /its tags, which say who renews it, could not be read/,
  ],
  ...["DescribeLoadBalancers", "DescribeListeners", "DescribeListenerCertificates"].map(
    (operation) =>
      [
        `scan: ${operation}`,
        lastingInScan(operation),
        ["elasticloadbalancing: aws_request", ...both("aws_request")],
        /it is used by .*loadbalancer\/app\/second\/.*, which was not looked at/,
      ] as const,
  ),
  ["scan: GetHostedZone", lastingInScan("GetHostedZone"), [`${app}: aws_request`], /GetHostedZone/],
  ...["DescribeCertificate", "GetCertificate", "ImportCertificate", "AddTagsToCertificate"].map(
    (operation) => [operation, lasting(operation), both("aws_request"), /; nothing was changed$/] as const,
  ),
  [
    "ImportCertificate, throttled",
    lasting("ImportCertificate", "throttle"),
    both("aws_throttled"),
    /nothing was changed$/,
  ],
  [
    "DescribeCertificate, no answer",
    lasting("DescribeCertificate", "break-before"),
    both("network"),
    /nothing was changed$/,
  ],
  [
    "ImportCertificate, once it is issued",
    lasting("ImportCertificate", "fail-before", 2),
    both("aws_ambiguous"),
    /the certificate [0-9a-f]+ is issued, and its key is given up; what is served is what it was$/,
  ],
  ...["ListResourceRecordSets", "ChangeResourceRecordSets", "GetChange"].map(
    (operation) => [operation, lasting(operation), [`${app}: aws_request`], /what is served is what it was$/] as const,
  ),
  ...["DescribeListenerCertificates", "AddListenerCertificates", "RemoveListenerCertificates"].map(
    (operation) =>
      [operation, lasting(operation), [`${moved}: aws_request`], /could not be put back: second:443: /] as const,
  ),
  ["ModifyListener", lasting("ModifyListener"), [`${moved}: aws_request`], /; all attachments are what they were$/],
  ["ModifyListener, throttled", lasting("ModifyListener", "throttle"), [`${moved}: aws_throttled`], /what they were$/],
  ...["RemoveTagsFromCertificate", "DeleteCertificate"].map(
    (operation) =>
      [
        operation,
        lasting(operation),
        [`${moved}: aws_request`],
        /; arn:\S+ is in place everywhere, and the next run lets go of arn:\S+$/,
      ] as const,
  ),
];

const lanes = new FaultLanes({
  ...passed,
  ...tried,
  ...Object.fromEntries(failing.map(([name, run]) => [name, run])),
});
afterAll(() => lanes.close(), 120_000);

test("the tables name every call of a run", async () => {
  const asked = new Set((await lanes.clean).run.asked("aws"));
  expect([...asked].sort()).toEqual([...new Set([...inScan, ...inRenewal])].sort());
});

test.each([...Object.keys(passed), ...Object.keys(tried)])("%s: waited out", async (name) => {
  const { first, next, between, inventory, ordersMore } = await lanes.story(name);
  const clean = await lanes.clean;
  expect(errorsOf(first)).toEqual([]);
  expect(first.reports.flatMap(({ outcome }) => outcome?.warnings ?? [])).toEqual([]);
  expect(between).toEqual(clean.inventory);
  expect(next.reports.map(({ planned }) => planned.action.kind)).toEqual(["left", "left", "left"]);
  expect(inventory).toEqual(clean.inventory);
  expect(ordersMore).toBe(0);
});

test.each(failing)("%s: said, and the next run converges", async (name, _, errors, truth) => {
  const { first, next, inventory, ordersMore } = await lanes.story(name);
  const clean = await lanes.clean;
  expect(errorsOf(first)).toEqual(errors);
  for (const { error } of first.reports) if (error) expect(error.message).toMatch(truth);
  expect(errorsOf(next)).toEqual([]);
  expect(inventory).toEqual(clean.inventory);
  // an order whose certificate was lost is made again
  expect(ordersMore).toBe(name === "ImportCertificate, once it is issued" ? 2 : 0);
});
