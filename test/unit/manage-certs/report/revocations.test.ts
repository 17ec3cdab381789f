import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import {
  exitCodeOfRevocations,
  toRevocationsDocument,
  type RevocationsRun,
} from "../../../../src/manage-certs/report/revocations-document";
import { revocationsDocumentShape } from "../../../../src/manage-certs/report/revocations-document-shape";
import { toRevocationsJunit } from "../../../../src/manage-certs/report/revocations-junit";
import { toRevocationsMarkdown } from "../../../../src/manage-certs/report/revocations-markdown";
import { appliedRevocationsText, plannedRevocationsText } from "../../../../src/manage-certs/report/revocations-text";
import { readLeaf } from "../../../../src/manage-certs/revoke/leaf-to-revoke";
import type { PlannedRevocation, RevocationAction } from "../../../../src/manage-certs/revoke/revocation-plan";
import type { RevocationReport } from "../../../../src/manage-certs/revoke/run-revocations";
import { AppError } from "../../../../src/platform/errors";
import { bigEstate } from "../../../support/scanned-estate";
import { createTestCa } from "../../../support/test-certificates";

const [attachment] = bigEstate.attachments;
const url = "http://ca.test/1.crl";
const blocked: RevocationAction = {
  kind: "blocked",
  code: "aws_in_use",
  why: "used by <b>|web|",
  hint: "--replace or --now",
};

let revoke: RevocationAction;
let dry: RevocationsRun;
let applied: RevocationsRun;
beforeAll(async () => {
  const { leafPem, chainPem } = await (await createTestCa()).leaf();
  const issuer = { name: "le", directoryUrl: "https://ca.test/directory" };
  const what = { leaf: readLeaf(leafPem, chainPem), reason: "keyCompromise" as const, issuer };
  revoke = { kind: "revoke", why: "nothing uses it", what, isUnused: true };
  const estate = { scannedAt: bigEstate.scannedAt, failures: [] };
  const stillToDo = [{ arn: arnOf("forgotten"), begunAt: "2026-11-20T10:00:00.000Z" }];
  dry = {
    ...{ applied: false, reason: "keyCompromise", estate, stillToDo },
    reports: [
      report("one", revoke, { sameKey: [arnOf("other")] }),
      report("two", blocked, { attachments: attachment === undefined ? [] : [attachment] }),
      report("three", { kind: "left", why: "revoked by an earlier run" }),
    ],
  };
  const replacement = { arn: arnOf("new"), serial: "0b", notAfter: new Date("2027-02-20T00:00:00Z") };
  const at = new Date("2026-11-22T10:00:00Z");
  applied = {
    ...dry,
    applied: true,
    stillToDo: [],
    reports: [
      {
        ...report("one", revoke),
        outcome: {
          result: "revoked",
          listed: { state: "listed", at, reason: "keyCompromise", url },
          replacement,
          warnings: ["look out"],
        },
      },
      {
        ...report("two", revoke),
        outcome: { result: "already revoked", listed: { state: "not listed yet", url }, warnings: [] },
      },
      { ...report("three", blocked), error: new AppError("aws_in_use", "used by <b>|web|", { hint: "--replace" }) },
      {
        ...report("four", revoke),
        outcome: { result: "revoked", listed: { state: "unknown", why: "no list" }, warnings: [] },
      },
    ],
  };
});

const arnOf = (name: string) => `arn:aws:acm:eu-west-1:111111111111:certificate/${name}`;

function report(name: string, action: RevocationAction, more: Partial<PlannedRevocation> = {}): RevocationReport {
  const names = [`${name}.example.gov`];
  return { planned: { arn: arnOf(name), names, serial: "0a", attachments: [], sameKey: [], ...more, action } };
}

test("runs as JSON are of the published form", () => {
  for (const run of [dry, applied]) {
    const document = toRevocationsDocument(run);
    expect(revocationsDocumentShape.parse(document)).toEqual(document);
  }
});

test("docs/reference/schemas/revoke.schema.json is that form", () => {
  const file = join(__dirname, "../../../../docs/reference/schemas/revoke.schema.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(z.toJSONSchema(revocationsDocumentShape));
});

test("exit codes: the worst wins", () => {
  const only = (run: RevocationsRun, ...at: readonly number[]) => ({
    ...run,
    reports: at.flatMap((n) => run.reports[n] ?? []),
  });
  expect(exitCodeOfRevocations(dry)).toBe(1);
  expect(exitCodeOfRevocations(only(dry, 0, 2))).toBe(2);
  expect(exitCodeOfRevocations(only(dry, 2))).toBe(0);
  expect(exitCodeOfRevocations(applied)).toBe(1);
  expect(exitCodeOfRevocations(only(applied, 0, 1))).toBe(0);
});

test("a dry run for people: what would be done, what else should be, and that nothing was changed", () => {
  expect(plannedRevocationsText(dry).split("\n")).toEqual([
    expect.stringMatching(/^NAME +SERIAL +WHAT +WHY +SERVED AT$/),
    expect.stringMatching(/^one\.example\.gov +0a +revoke as keyCompromise +nothing uses it$/),
    expect.stringMatching(/^two\.example\.gov +0a +blocked +used by <b>\|web\| +\S+/),
    expect.stringMatching(/^three\.example\.gov +0a +left +revoked by an earlier run$/),
    "hint: two.example.gov: --replace or --now",
    `the key of one.example.gov is also that of ${arnOf("other")}: name them as well`,
    `begun on 2026-11-20T10:00:00.000Z and not revoked yet: ${arnOf("forgotten")}; name it to go on`,
    "",
    "1 certificate to revoke, 1 blocked, 1 left alone",
    "nothing was changed: --apply does it",
    "",
  ]);
});

test("a run for people: what is true now, by the CA's own word", () => {
  expect(appliedRevocationsText(applied).split("\n")).toEqual([
    `ok one.example.gov: serial 0a is revoked, replaced by serial 0b (${arnOf("new")}), proved before`,
    `     on the CA's list since 2026-11-22T10:00:00.000Z, as keyCompromise: ${url}`,
    " ! look out",
    "ok two.example.gov: serial 0a is already revoked",
    `     not on the CA's list yet, for which it has 24 hours: ${url}`,
    "!! three.example.gov: used by <b>|web| [aws_in_use]",
    "     --replace",
    "ok four.example.gov: serial 0a is revoked",
    "     whether the CA's list has it is not known: no list",
    "",
    "3 revoked, 1 failed, 0 left alone",
    "",
  ]);
});

test("JUnit and Markdown: what is to do is skipped, what failed is a failure, and text of others stays text", () => {
  expect(toRevocationsJunit(dry)).toContain('<testsuites tests="3" failures="1" errors="0" skipped="1">');
  const xml = toRevocationsJunit(applied);
  expect(xml).toContain('<testsuites tests="4" failures="1" errors="0" skipped="0">');
  expect(xml).toContain('message="used by &lt;b&gt;|web|"');
  expect(toRevocationsMarkdown(dry)).toContain("## manage-certs revoke (dry run)");
  expect(toRevocationsMarkdown(applied)).toContain("| one.example.gov | 0a |  | revoked; replaced by 0b; look out |");
  expect(toRevocationsMarkdown(applied)).toContain("failed: used by \\<b\\>\\|web\\| (aws\\_in\\_use)");
});
