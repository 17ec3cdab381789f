import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { PendingPlan } from "../../../../src/drift/pending/pending-plan";
import { toRunDocument } from "../../../../src/drift/report/run-document";
import { explanation } from "../../../../src/drift/standing/explanation";
import { stackStandings } from "../../../../src/drift/standing/stack-standing";
import { toStandingDocument } from "../../../../src/drift/standing/standing-document";
import { standingDocumentShape } from "../../../../src/drift/standing/standing-document-shape";
import { toStandingsText } from "../../../../src/drift/standing/standings-text";
import { manyOutcomes } from "../../../support/drift/many-outcomes";

const now = new Date("2026-11-22T11:20:00.000Z");
const checksum = "d71b6b21419b40cebb2e35f644cffd9c8a4ff79c1668bbb0066b7b37dc31767e";
const waiting: PendingPlan = {
  ...{ version: 1, stack: { name: "cdn", folder: "/infra/cdn" }, checksum, changes: [], findings: [] },
  ...{ since: "2026-11-22T06:17:01.000Z", plannedAt: "2026-11-22T06:17:01.000Z", planFile: "/state/pending/plan" },
  approveWith: `drift-check approve cdn --checksum ${checksum}`,
};
const certificate = {
  ...{ address: "unexpired_certificate.web", arn: "arn:aws:acm:eu-west-1:0:certificate/1", names: ["api.example.gov"] },
  ...{ issuer: "imported", inPlan: false, sightings: [], findings: [] },
  notAfter: { state: "2027-01-19T00:00:00.000Z" },
};
const results = toRunDocument(manyOutcomes).stacks.map((result) => ({
  runId: "20261122T061700.000Z-aaaaaa",
  result: result.name === "api" ? { ...result, certificates: [certificate] } : result,
}));
const standings = stackStandings(results, [waiting]);

test("a line for each stack; then what failed, and what waits with the command that approves it", () => {
  expect(toStandingsText(standings, now).split("\n")).toEqual([
    "STACK  OUTCOME                       LOOKED AT    ENDS FIRST",
    "api    applied                       5 hours ago  api.example.gov in 57 days",
    "blog   nothing to do                 5 hours ago",
    "cdn    needs approval                5 hours ago",
    "dns    forbidden                     5 hours ago",
    "edge   safe, not applied             5 hours ago",
    "ftp    failed: init                  5 hours ago",
    "git    applied, then failed: verify  5 hours ago",
    "",
    "cdn",
    "  ?? waits for an approval since 5 hours ago",
    `     drift-check approve cdn --checksum ${checksum}`,
    "",
    "ftp",
    "  !! terraform init ended with 1: no network [terraform_failed]",
    "     run it yourself",
    "",
    "git",
    "  !! the renewal was applied, and is not served everywhere [handshake_failed]",
    "",
  ]);
});

test("one stack in full: each change, each guard with what it holds back, and the way out", () => {
  const [cdn] = standings.filter(({ result }) => result.name === "cdn");
  expect(cdn && explanation(cdn, now).split("\n")).toEqual([
    "cdn: needs approval",
    "  folder     /infra/cdn",
    "  looked at  5 hours ago, for 2.5 s",
    "  run        20261122T061700.000Z-aaaaaa",
    `  checksum   ${checksum}`,
    "",
    "2 changes",
    "  unexpired_certificate.web  update",
    "  aws_lb.front               update",
    "",
    "?? only-renewals (needs-approval)",
    "   it holds back every change but renewals of `unexpired_certificate` and what `follow` lists",
    "   aws_lb.front: a renewal does not change aws_lb (update)",
    "   output a: a renewal does not change aws_lb (update)",
    "   what to do: look at the plan and approve it",
    "",
    "it waits for an approval since 5 hours ago",
    "  to see its values, in /infra/cdn: terraform show /state/pending/plan",
    `  to approve: drift-check approve cdn --checksum ${checksum}`,
    "",
  ]);
});

test("what the policy waives is told with the waiver", () => {
  const waived = {
    rule: "policy/key-algorithm-not-allowed",
    effect: "waive" as const,
    value: "RSA_2048",
    text: "it is waived",
  };
  const denied = { ...waived, effect: "deny" as const, text: "a finding of the guard" };
  const policy = [{ address: "unexpired_certificate.web", findings: [waived, denied] }];
  const [blog] = standings.filter(({ result }) => result.name === "blog");
  const lines = blog && explanation({ ...blog, result: { ...blog.result, policy } }, now).split("\n");
  expect(lines?.slice(-4)).toEqual([
    "",
    "what the policy waives or tells",
    "  unexpired_certificate.web: it is waived",
    "",
  ]);
});

test("what failed is explained, and which certificates there are", () => {
  const of = (wanted: string) => standings.find(({ result }) => result.name === wanted);
  const [ftp, api] = [of("ftp"), of("api")];
  expect(ftp && explanation(ftp, now)).toContain("!! init: terraform init ended with 1: no network [terraform_failed]");
  expect(api && explanation(api, now)).toContain("unexpired_certificate.web: api.example.gov, ends 2027-01-19");
});

test("what is written is as the published form says", () => {
  const document = toStandingDocument(standings, now);
  expect(standingDocumentShape.parse(document)).toEqual(document);
  expect([document.exitCode, document.stacks[2]?.waiting?.checksum]).toEqual([1, checksum]);
  expect(toStandingDocument(standings.slice(1, 4), now).exitCode).toBe(4);
});

test("docs/reference/schemas/drift-stacks.schema.json is that form", () => {
  const file = join(__dirname, "../../../../docs/reference/schemas/drift-stacks.schema.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(z.toJSONSchema(standingDocumentShape));
});
