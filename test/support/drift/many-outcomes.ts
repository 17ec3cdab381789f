/** A run with a stack for each outcome there is. */
import type { Finding } from "../../../src/drift/guards/guard";
import type { DriftRun } from "../../../src/drift/run/run-stacks";
import type { StackReport } from "../../../src/drift/run/stack-report";
import { AppError } from "../../../src/platform/errors";
import { watched } from "./watched";

const startedAt = new Date("2026-11-22T06:17:00.000Z");

function report(name: string, more: Partial<StackReport>): StackReport {
  return {
    ...{ stack: { name, folder: `/infra/${name}` }, startedAt, endedAt: new Date("2026-11-22T06:17:02.500Z") },
    ...{ findings: [], changes: [], isApplied: false, served: [] },
    ...more,
  };
}

const renewal = { address: "unexpired_certificate.web", actions: ["update"] };
const checksum = "d71b6b21419b40cebb2e35f644cffd9c8a4ff79c1668bbb0066b7b37dc31767e";

const changed: Finding = {
  rule: "only-renewals",
  verdict: "needs-approval",
  subject: "aws_lb.front",
  value: "update",
  message: "a renewal does not change aws_lb",
  wayOut: "look at the plan and approve it",
};

const removed: Finding = {
  rule: "keeps-certificates",
  verdict: "forbidden",
  subject: "unexpired_certificate.<b>|x|",
  value: "delete",
  message: "it is to be destroyed (unexpired_certificate)",
  wayOut: "if it is meant to go, apply the plan yourself with terraform",
};

const failed = new AppError("terraform_failed", "terraform init ended with 1: no network", { hint: "run it yourself" });
const notServed = new AppError("handshake_failed", "the renewal was applied, and is not served everywhere");

export const manyOutcomes: DriftRun = {
  applies: true,
  startedAt,
  reports: [
    report("api", {
      ...{ verdict: "safe", isApplied: true, changes: [renewal], checksum },
      served: [
        {
          ...{ certificate: renewal.address, serial: "00b9dd", servedBy: "aws_lb_listener.https" },
          ...{ at: "192.0.2.7:443", serverName: "api.example.gov" },
        },
      ],
      certificates: [watched()],
    }),
    report("blog", { verdict: "no-op" }),
    report("cdn", {
      ...{ verdict: "needs-approval", findings: [changed, { ...changed, subject: "output a" }], checksum },
      approveWith: `drift-check approve cdn --checksum ${checksum}`,
      changes: [renewal, { address: "aws_lb.front", actions: ["update"] }],
    }),
    report("dns", { verdict: "forbidden", findings: [removed, changed], changes: [renewal], checksum }),
    report("edge", { verdict: "safe", changes: [renewal], checksum }),
    report("ftp", { failure: { step: "init", error: failed } }),
    report("git", {
      ...{ verdict: "safe", isApplied: true, changes: [renewal], checksum },
      failure: { step: "verify", error: notServed },
    }),
  ],
};
