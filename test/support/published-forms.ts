/** The forms of what programs write with --json, by the names of their schemas in docs/reference/schemas. */
import type { z } from "zod";
import { standingDocumentShape } from "../../src/drift/standing/standing-document-shape";
import { noticeDocumentShape } from "../../src/drift/notify/notice-document-shape";
import { runDocumentShape } from "../../src/drift/report/run-document-shape";
import { statusDocumentShape } from "../../src/drift/serve/status-document-shape";
import { drillDocumentShape } from "../../src/drill/drill-document-shape";
import { entriesDocumentShape } from "../../src/ledger/entries-document-shape";
import { attachmentsDocumentShape } from "../../src/manage-certs/report/attachments-document-shape";
import { issueDocumentShape } from "../../src/manage-certs/report/issue-document-shape";
import { renewalsDocumentShape } from "../../src/manage-certs/report/renewals-document-shape";
import { revocationsDocumentShape } from "../../src/manage-certs/report/revocations-document-shape";
import { scanDocumentShape } from "../../src/manage-certs/report/scan-document-shape";
import { verificationDocumentShape } from "../../src/manage-certs/report/verification-document-shape";
import { chainReportShape } from "../../src/platform/hash-chain/chain-report-shape";
import { policyCheckShape, policyExplanationShape, policyTestShape } from "../../src/policy/policy-documents-shape";
import { installedShape } from "../../src/provider/install/installed-shape";
import {
  proxyCheckShape,
  proxyExplanationShape,
  proxyTestShape,
} from "../../src/proxy/policy-tools/policy-documents-shape";
import { levelsDocumentShape } from "../../src/service-levels/levels-document-shape";

export const publishedForms: Readonly<Record<string, z.ZodType>> = {
  attach: attachmentsDocumentShape,
  chain: chainReportShape,
  drill: drillDocumentShape,
  "drift-notice": noticeDocumentShape,
  "drift-run": runDocumentShape,
  "drift-stacks": standingDocumentShape,
  "drift-status": statusDocumentShape,
  issue: issueDocumentShape,
  "ledger-entries": entriesDocumentShape,
  "policy-check": policyCheckShape,
  "policy-explain": policyExplanationShape,
  "policy-test": policyTestShape,
  "provider-install": installedShape,
  "proxy-check": proxyCheckShape,
  "proxy-explain": proxyExplanationShape,
  "proxy-test": proxyTestShape,
  renew: renewalsDocumentShape,
  revoke: revocationsDocumentShape,
  scan: scanDocumentShape,
  slo: levelsDocumentShape,
  verify: verificationDocumentShape,
};

const formOf: Readonly<Record<string, string>> = {
  "akamai-dns-proxy audit verify": "chain",
  "akamai-dns-proxy check": "proxy-check",
  "akamai-dns-proxy explain": "proxy-explain",
  "akamai-dns-proxy test": "proxy-test",
  "unexpired ledger show": "ledger-entries",
  "unexpired ledger verify": "chain",
  "unexpired policy check": "policy-check",
  "unexpired policy explain": "policy-explain",
  "unexpired policy test": "policy-test",
  "unexpired slo": "slo",
};

/** What a command of a script wrote with --json has to be of the form that is published; others are not looked at. */
export function expectPublished([command = "", ...lines]: readonly string[]): void {
  const known = Object.keys(formOf).find((words) => command.startsWith(`${words} `));
  const output = lines.filter((line) => line.startsWith("> ")).map((line) => line.slice(2));
  if (known === undefined || output.length === 0 || !command.split(" ").includes("--json")) return;
  const document: unknown = JSON.parse(output.join("\n"));
  expect({ command, document: publishedForms[formOf[known] ?? ""]?.parse(document) }).toEqual({ command, document });
}
