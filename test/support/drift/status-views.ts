/** What the pages of `drift-check serve` show, in tests. */
import { toRunDocument } from "../../../src/drift/report/run-document";
import type { StackResult } from "../../../src/drift/history/latest-results";
import type { RunSummary } from "../../../src/drift/serve/recent-runs";
import type { SeenCertificate, StatusView } from "../../../src/drift/serve/status-view";
import { manyOutcomes } from "./many-outcomes";

export const now = new Date("2026-11-22T08:30:00Z");
const dayMs = 24 * 3600_000;

export function seen(name: string, daysLeft: number | undefined, more: Partial<SeenCertificate> = {}): SeenCertificate {
  return {
    ...{ stack: "api", address: `unexpired_certificate.${name.split(".")[0]}`, names: [name] },
    arn: `arn:aws:acm:eu-west-1:111122223333:certificate/${name}`,
    ...{ findings: [], seen: "on the wire", isDue: daysLeft !== undefined && daysLeft < 30 },
    ...(daysLeft !== undefined && { ends: new Date(now.getTime() + daysLeft * dayMs) }),
    ...more,
  };
}

const runs: RunSummary[] = Array.from({ length: 24 }, (_, index) => ({
  id: `run-${index}`,
  at: new Date(now.getTime() - index * 6 * 3600_000 - 2 * 3600_000),
  ...{ applies: true, exitCode: index === 0 ? 1 : 0, seconds: 40 + index * 7 },
  outcomes:
    index === 0
      ? new Map([
          ["failed", 2],
          ["forbidden", 1],
          ["needs-approval", 1],
          ["safe", 1],
          ["applied", 1],
          ["no-op", 1],
        ])
      : new Map([["no-op", 7]]),
}));

const stacks: StackResult[] = toRunDocument(manyOutcomes).stacks.map((result) => ({ runId: "run-0", result }));

const daemon: StatusView["daemon"] = {
  startedAt: new Date("2026-11-20T08:00:00Z"),
  nextRunAt: new Date("2026-11-22T12:19:00Z"),
  lastRun: { at: new Date("2026-11-22T06:18:00Z") },
  lastSelfTest: { at: new Date("2026-11-22T06:17:30Z") },
  runs: new Map([[0, 9]]),
  skipped: 0,
};

/** Nothing has happened yet. */
export const emptyView: StatusView = {
  ...{ now, daemon: { ...daemon, lastRun: undefined }, schedule: { text: "17 */6 * * *", timeZone: "UTC" } },
  ...{ applies: true, health: { status: "ok", reasons: [] }, stacks: [], runs: [], waiting: [], certificates: [] },
};

/** Everything that can be shown at once. */
export const fullView: StatusView = {
  ...emptyView,
  daemon: { ...daemon, skipped: 2 },
  health: { status: "failing", reasons: ["the self-test failed: the planted drift was not seen"] },
  ...{ stacks, runs },
  waiting: [
    {
      ...{ stack: "cdn", since: new Date("2026-11-22T06:17:00Z"), until: new Date("2026-11-23T06:17:00Z") },
      approveWith:
        "drift-check approve cdn --checksum d71b6b21419b40cebb2e35f644cffd9c8a4ff79c1668bbb0066b7b37dc31767e",
      changes: 2,
      findings: stacks.find(({ result }) => result.name === "cdn")?.result.findings ?? [],
    },
  ],
  certificates: [
    seen("over.example.gov", -2, {
      seen: "in the state",
      findings: [
        { level: "error", message: "has ended in the state, and nobody has renewed it" },
        { level: "unseen", message: "was not seen on the wire: the address of aws_lb_listener.https is not known" },
      ],
    }),
    seen("shop.example.gov", 0.4),
    seen("app.example.gov", 5, { names: ["app.example.gov", "*.app.example.gov", "app.example.org"], seen: "in ACM" }),
    seen("due.a-rather-long-name-that-somebody-gave-to-a-service.internal.example.gov", 20),
    ...Array.from({ length: 30 }, (_, index) => seen(`s${index}.example.gov`, 31 + index * 6)),
    seen("new.example.gov", undefined),
  ],
};

/** As it should be every day. */
export const calmView: StatusView = {
  ...emptyView,
  ...{ daemon, runs: runs.slice(1), stacks: stacks.filter(({ result }) => result.exitCode === 0) },
  certificates: fullView.certificates.slice(4, -1),
};
