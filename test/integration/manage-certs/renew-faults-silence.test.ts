/** `renew` while what it asks takes the question and says nothing: each wait has an end, and what is safe is asked again. */
import type { GateTrap, SandboxPartName } from "../../../src/sandbox/request-gate";
import { errorsOf, FaultLanes } from "../../support/faults/fault-lanes";

/** Each waits for its turn, and silence takes its time. */
jest.setTimeout(300_000);

const held = (part: SandboxPartName, operations: readonly string[], changes: Partial<GateTrap> = {}): GateTrap[] =>
  operations.map((operation) => ({ part, operation, nth: 1, action: "hold", ...changes }));

/**
 * What is held is done late, when the run is over. So neither imports nor changes of Route 53 are here: they would come
 * after everything was put in order, as no service does. That they are done and not answered is among the other faults.
 */
const lanes = new FaultLanes({
  "AWS, each call once": {
    inScan: held("aws", ["ListCertificates", "DescribeCertificate", "GetResources", "DescribeListeners"]),
    inRenewal: held("aws", [
      ...["GetCertificate", "AddTagsToCertificate", "ListResourceRecordSets", "GetChange"],
      ...["DescribeListenerCertificates", "AddListenerCertificates", "ModifyListener", "RemoveListenerCertificates"],
      ...["RemoveTagsFromCertificate", "DeleteCertificate"],
    ]),
  },
  "the CA, each resource once": {
    inRenewal: held("acme", ["directory", "newNonce", "newOrder", "authorization", "order", "certificate"]),
  },
  "Edge DNS, a read once": { inRenewal: held("edge-dns", ["GET recordset"]) },
  "newOrder, on and on": { inRenewal: held("acme", ["newOrder"], { times: Infinity }) },
  "DescribeCertificate, on and on": { inRenewal: held("aws", ["DescribeCertificate"], { times: Infinity }) },
});
afterAll(() => lanes.close(), 120_000);

test.each(["AWS, each call once", "the CA, each resource once", "Edge DNS, a read once"])(
  "%s: asked again",
  async (name) => {
    const { first, inventory, ordersMore } = await lanes.story(name);
    expect(errorsOf(first)).toEqual([]);
    expect(inventory).toEqual((await lanes.clean).inventory);
    // a newOrder that is answered too late has made an order that nobody knows of
    expect(ordersMore).toBeLessThanOrEqual(1);
  },
);

test.each([
  ["newOrder, on and on", /what is served is what it was$/],
  ["DescribeCertificate, on and on", /nothing was changed$/],
])("%s: said, and the next run converges", async (name, truth) => {
  const { first, next, inventory } = await lanes.story(name);
  expect(errorsOf(first)).toEqual(["app.example.gov: timeout", "moved.example.gov: timeout"]);
  for (const { error } of first.reports) if (error) expect(error.message).toMatch(truth);
  expect(errorsOf(next)).toEqual([]);
  expect(inventory).toEqual((await lanes.clean).inventory);
});
