import { knownCertificates } from "../../../../../src/drift/serve/dashboards/known-certificates";
import { refusedEndpoints } from "../../../../../src/drift/serve/dashboards/refused-endpoints";
import type { Probe } from "../../../../../src/service-levels/probe";
import { now, seen } from "../../../../support/drift/status-views";

const before = (hours: number) => new Date(now.getTime() - hours * 3600_000);
const after = (hours: number) => before(-hours);

const certified = (certificate: string, notAfter: Date) => ({
  ...{ certificate, names: [`${certificate}.example.gov`], region: "eu-west-1", issuer: "R10", notAfter },
  ...{ owner: "payments", tier: "", isDue: true },
});
const probe = (hoursAgo: number, more: Partial<Probe>): Probe => ({
  ...{ source: "scan", at: before(hoursAgo), endpoints: [], certificates: [] },
  ...more,
});

test("certificates of scans stand between those of stacks; what both saw is there once, with its owner", () => {
  const ofStacks = [seen("a.example.gov", 1, { arn: "a" }), seen("c.example.gov", 3, { arn: "c" })];
  const scan = probe(1, { certificates: [certified("a", after(24)), certified("b", after(48))] });
  const known = knownCertificates(ofStacks, [scan]);
  expect(known.map(({ arn, stack, owner, isDue }) => [arn, stack, owner, isDue])).toEqual([
    ["a", "api", "payments", true],
    ["b", "", "payments", true],
    ["c", "api", undefined, true],
  ]);
});

test("what a later scan of the same place does not see any more is not there", () => {
  const parts = ["111122223333/eu-west-1"];
  const scans = [probe(2, { parts, certificates: [certified("gone", after(9))] }), probe(1, { parts })];
  expect(knownCertificates([], scans)).toEqual([]);
});

const endpoint = (isValid: boolean, notAfter?: Date) => ({
  ...{ endpoint: "a.example.gov:443", owner: "", tier: "", isValid, notAfter },
});

test.each<readonly [string, readonly Probe[], Date | undefined]>([
  [
    "refused at three looks, after one that was good",
    [
      probe(9, { endpoints: [endpoint(false)] }),
      probe(8, { endpoints: [endpoint(true)] }),
      ...[7, 5, 3].map((hours) => probe(hours, { endpoints: [endpoint(false)] })),
    ],
    before(7),
  ],
  ["good since", [probe(5, { endpoints: [endpoint(false)] }), probe(3, { endpoints: [endpoint(true)] })], undefined],
  ["served what ended since", [probe(5, { endpoints: [endpoint(true, before(1))] })], before(1)],
  ["not there any more", [probe(5, { endpoints: [endpoint(false)] }), probe(3, {})], undefined],
])("an endpoint: %s", (_, probes, since) => {
  expect(refusedEndpoints(probes, now)[0]?.since).toEqual(since);
});
