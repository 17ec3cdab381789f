import { toRunDocument } from "../../../../../src/drift/report/run-document";
import type { StackResult } from "../../../../../src/drift/history/latest-results";
import { halfServed } from "../../../../../src/drift/serve/dashboards/half-served";
import { manyOutcomes } from "../../../../support/drift/many-outcomes";

type Result = StackResult["result"];
type Sighting = NonNullable<Result["certificates"]>[number]["sightings"][number];

const [template] = toRunDocument(manyOutcomes).stacks;
const june = "2026-06-01T00:00:00.000Z";
const may = "2026-05-01T00:00:00.000Z";
const sighting = (at: string, more: Partial<Sighting>): Sighting => ({
  servedBy: "aws_lb_listener.https",
  at,
  ...more,
});

function stackWith(...sightings: readonly Sighting[]): StackResult {
  const certificate = {
    ...{ address: "unexpired_certificate.web", arn: "arn", names: ["app.example.gov"], issuer: "acm" },
    ...{ notAfter: { state: june }, inPlan: false, findings: [], sightings: [...sightings] },
  };
  return { runId: "1", result: { ...(template as Result), certificates: [certificate] } };
}

const states = (...sightings: readonly Sighting[]) =>
  halfServed([stackWith(...sightings)]).map(({ listeners }) => listeners.map(({ name, state }) => `${name} ${state}`));

const current = sighting("192.0.2.1:443", { serial: "0b", notAfter: june, serverName: "app.example.gov" });
const former = sighting("192.0.2.2:443", { serial: "0a", notAfter: may });

test("a certificate that some places serve, and others do not yet", () => {
  const refused = sighting("192.0.2.3:443", { serial: "0c", notAfter: june, refusal: "the chain is incomplete" });
  const unseen = sighting("aws_lb_listener.b", { unseen: "its address is not known" });
  expect(states(current, former, refused, unseen)).toEqual([
    ["app.example.gov at 192.0.2.1:443 new", "192.0.2.2:443 old", "192.0.2.3:443 failed", "aws_lb_listener.b unknown"],
  ]);
});

test("one that is served everywhere, or nowhere, is no partial deployment", () => {
  expect(states(current, current)).toEqual([]);
  expect(states(former)).toEqual([]);
  expect(halfServed([{ runId: "1", result: { ...(template as Result), certificates: undefined } }])).toEqual([]);
});
