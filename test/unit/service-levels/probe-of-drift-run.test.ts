import type { RunDocument } from "../../../src/drift/report/run-document-shape";
import { probeOfDriftRun } from "../../../src/service-levels/probe-of-drift-run";
import { afterMinutes, begin } from "../../support/ledger-lines";

type Certificate = NonNullable<RunDocument["stacks"][number]["certificates"]>[number];

const arn = "arn:aws:acm:eu-west-1:111122223333:certificate/a";
const notAfter = afterMinutes(600).toISOString();

const certificate = (facts: Partial<Certificate>): Certificate => ({
  ...{ address: "unexpired_certificate.web", arn, names: ["app.example.gov", "www.example.gov"], issuer: "acm" },
  ...{ notAfter: { acm: notAfter }, inPlan: false, sightings: [], findings: [] },
  ...facts,
});

function runOf(...certificates: readonly Certificate[]): RunDocument {
  const stack = {
    name: "web",
    folder: "/infra/web",
    outcome: "no-op",
    exitCode: 0,
    applied: false,
    seconds: 1,
  } as const;
  const rest = {
    startedAt: begin.toISOString(),
    changes: [],
    findings: [],
    served: [],
    certificates: [...certificates],
  };
  return { version: 1, at: begin.toISOString(), applies: false, exitCode: 0, stacks: [{ ...stack, ...rest }] };
}

const sighting = (facts: Partial<Certificate["sightings"][number]>) => ({
  ...{ servedBy: "aws_lb_listener.https", at: "web-1.elb.amazonaws.com:443", serial: "0a", notAfter },
  ...facts,
});

test("endpoints as clients saw them, and not what nobody could look at", () => {
  const sightings = [
    sighting({ serverName: "app.example.gov" }),
    sighting({ serverName: "www.example.gov" }),
    sighting({ serverName: "www.example.gov", at: "web-2.elb.amazonaws.com:443", refusal: "it has expired" }),
    sighting({}),
    sighting({ serverName: "api.example.gov", serial: undefined, notAfter: undefined, unseen: "no route" }),
  ];
  const end = new Date(notAfter);
  expect(probeOfDriftRun(runOf(certificate({ sightings })))?.endpoints).toEqual([
    { endpoint: "app.example.gov:443", isValid: true, notAfter: end, owner: "", tier: "" },
    { endpoint: "www.example.gov:443", isValid: false, notAfter: end, owner: "", tier: "" },
    { endpoint: "web-1.elb.amazonaws.com:443", isValid: true, notAfter: end, owner: "", tier: "" },
  ]);
});

test("a certificate that the state knows begins when the state says", () => {
  const notBefore = begin.toISOString();
  const newer = certificate({ notBefore, notAfter: { state: afterMinutes(60).toISOString(), acm: notAfter } });
  const same = certificate({ notBefore, notAfter: { state: notAfter, acm: notAfter } });
  expect(probeOfDriftRun(runOf(newer))?.certificates[0]?.notBefore).toBeUndefined();
  expect(probeOfDriftRun(runOf(same))?.certificates[0]?.notBefore).toEqual(begin);
});

test("the end of a certificate is ACM's; the state's where that was not asked", () => {
  const state = afterMinutes(60).toISOString();
  const ends = [{ state, acm: notAfter }, { state }, {}].map((end, index) =>
    certificate({ arn: `${arn}${index}`, notAfter: end }),
  );
  const probe = probeOfDriftRun(runOf(...ends), ([first]) => ({ owner: first ?? "", tier: "gold" }));
  expect(probe).toMatchObject({ source: "drift-check", at: begin });
  expect(probe?.certificates).toMatchObject([
    {
      certificate: `${arn}0`,
      region: "eu-west-1",
      notAfter: new Date(notAfter),
      owner: "app.example.gov",
      tier: "gold",
    },
    { certificate: `${arn}1`, notAfter: new Date(state) },
  ]);
});

test("another document", () => {
  expect(probeOfDriftRun({ version: 1, scannedAt: begin.toISOString() })).toBeUndefined();
});
