import type { StackResult } from "../../../../src/drift/history/latest-results";
import { toRunDocument } from "../../../../src/drift/report/run-document";
import { seenCertificates } from "../../../../src/drift/serve/seen-certificates";
import { manyOutcomes } from "../../../support/drift/many-outcomes";

type Result = StackResult["result"];
type Certificate = NonNullable<Result["certificates"]>[number];

const [template] = toRunDocument(manyOutcomes).stacks;

function stack(name: string, ...certificates: readonly Partial<Certificate>[]): StackResult {
  const all = certificates.map((more, index) => ({
    ...{
      address: `unexpired_certificate.c${index}`,
      arn: "arn",
      names: ["a.example.gov"],
      issuer: "acm",
      notAfter: {},
    },
    ...{ inPlan: false, sightings: [], findings: [] },
    ...more,
  }));
  return { runId: "1", result: { ...(template as Result), name, certificates: all } };
}

const may = "2026-05-01T00:00:00.000Z";
const june = "2026-06-01T00:00:00.000Z";

test("what ends first counts, whoever says it, and comes first; what nobody tells comes last", () => {
  const seen = seenCertificates([
    stack("a", { notAfter: {} }, { notAfter: { state: june, acm: june, wire: june } }),
    stack("b", { notAfter: { state: june, acm: june, wire: may } }, { notAfter: { state: may, acm: june } }),
    stack("c", { notAfter: { acm: may, state: may } }),
  ]);
  expect(seen.map(({ stack: name, seen: where, ends }) => [name, where, ends?.toISOString()])).toEqual([
    ["b", "on the wire", may],
    ["b", "in the state", may],
    ["c", "in ACM", may],
    ["a", "on the wire", june],
    ["a", "on the wire", undefined],
  ]);
});

test("whether it is due, and what is wrong with it, the worst first", () => {
  const renewal = { state: "overdue", renewAt: may, reason: "lifetime" } as const;
  const finding = (level: "error" | "warning" | "unseen") => ({
    ...{ rule: "not-seen" as const, level, message: `${level} of it`, wayOut: "look" },
  });
  const [certificate] = seenCertificates([
    stack("a", { renewal, findings: [finding("unseen"), finding("error"), finding("warning")] }),
  ]);
  expect(certificate).toMatchObject({
    isDue: true,
    findings: [
      { level: "error", message: "error of it" },
      { level: "warning", message: "warning of it" },
      { level: "unseen", message: "unseen of it" },
    ],
  });
});

test("a stack that nobody looked at has none", () => {
  expect(seenCertificates([{ runId: "1", result: { ...(template as Result), certificates: undefined } }])).toEqual([]);
});
