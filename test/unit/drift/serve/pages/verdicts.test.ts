/** Green is shown where something is known, and nothing of it is wrong. */
import type { DashboardView } from "../../../../../src/drift/serve/dashboards/dashboard-view";
import { LedgerView } from "../../../../../src/drift/serve/dashboards/ledger-view";
import { executivePage } from "../../../../../src/drift/serve/pages/executive-page";
import { onCallPage } from "../../../../../src/drift/serve/pages/on-call-page";
import { AppError } from "../../../../../src/platform/errors";
import { emptyDashboard, entryBefore, fullDashboard } from "../../../../support/drift/dashboard-views";
import { calmView, fullView, now, seen } from "../../../../support/drift/status-views";

const verdict = (html: string) =>
  /<p class="verdict (\w+)">([^<]*)/.exec(html)?.slice(1, 3).join(": ").replaceAll("&#39;", "'");

const looks = [{ source: "scan" as const, at: now }];
const renewed = entryBefore(5, "renewal.ended");
const failed = (minutes: number) =>
  entryBefore(minutes, "renewal.ended", { outcome: "failed", error: { code: "acme_problem", message: "away" } });

function ledgerOf(...entries: Parameters<LedgerView["add"]>[0][]): LedgerView {
  const ledger = new LedgerView();
  for (const entry of entries) ledger.add(entry);
  return ledger;
}

test.each<readonly [string, Partial<DashboardView>, string]>([
  ["nothing is known", { status: { ...calmView, stacks: [] } }, "warning: Nothing is known yet"],
  ["all is well", { looks, entries: 1 }, "fine: Nothing to do"],
  ["the ledger is being read", { looks, isReading: true }, "warning: The ledger is still being read"],
  [
    "the ledger cannot be read",
    { looks, errors: [new AppError("ledger_unavailable", "gone")] },
    "warning: Not everything could be looked at",
  ],
  ["a certificate ended", { looks, certificates: [seen("a", -1)] }, "critical: 1 certificate ended"],
  ["a key was used", { looks, keyAnomalies: fullDashboard.keyAnomalies }, "critical: 1 key access that nobody expects"],
  ["the last look is old", { looks: [{ source: "scan", at: new Date(0) }] }, "warning: What is known is old"],
  ["stacks fail", { looks, status: fullView }, "critical: 3 stacks failed or forbidden, drift-check needs help"],
  ["a renewal failed", { looks, ledger: ledgerOf(failed(9)) }, "critical: 1 failed renewal today"],
  ["one has no end", { looks, unended: fullDashboard.unended }, "warning: 1 renewal without an end"],
  [
    "more failed than are kept",
    { looks, ledger: ledgerOf(...Array.from({ length: 600 }, () => failed(9))) },
    "critical: 500 or more failed renewals today",
  ],
  ["and was made up for", { looks, ledger: ledgerOf(failed(9), renewed) }, "fine: Nothing to do"],
])("who is on call is told, where %s", (_, more, expected) => {
  const { text } = onCallPage({ ...emptyDashboard, ...more }, new URLSearchParams());
  expect(verdict(text)).toBe(expected);
});

test("a renewal that was killed is there with its begin, its last word and its run", () => {
  const { text } = onCallPage(fullDashboard, new URLSearchParams());
  const rows = text.slice(text.indexOf("Begun, and no end on record")).replace(/<[^>]+>/g, " ");
  expect(rows.replace(/\s+/g, " ")).toMatch(
    / killed\.example\.gov 3 hours ago began github:octocat manage-certs 0\.1\.0 5f8b3c1e-/,
  );
});

test("with the runbook, as a link where it is known where they are", () => {
  const ledger = ledgerOf(failed(9));
  const page = (more: Partial<DashboardView>) =>
    onCallPage({ ...emptyDashboard, ledger, ...more }, new URLSearchParams()).text;
  expect(page({})).toContain("<code>docs/runbooks/ca-outage.md</code>");
  expect(page({ runbooks: "https://git.example.gov/runbooks" })).toContain(
    '<a href="https://git.example.gov/runbooks/ca-outage.md" rel="noreferrer">ca outage</a>',
  );
});

const measured = fullDashboard.levels.map((level) => ({ ...level, budgetRemaining: 1 }));

test.each<readonly [string, Partial<DashboardView>, string]>([
  ["nothing has happened", {}, "warning: Nothing measured yet"],
  ["all is well", { levels: measured }, "fine: Within all budgets"],
  [
    "nobody looks at endpoints",
    { levels: measured.map((level) => (level.sli === "valid" ? { ...level, windows: undefined } : level)) },
    "warning: No endpoint is looked at",
  ],
  ["the ledger is being read", { levels: measured, isReading: true }, "warning: The ledger is still being read"],
  ["a scan saw what ended", { certificates: [seen("a", -1, { stack: "" })] }, "critical: 1 certificate ended"],
])("who answers for it is told, where %s", (_, more, expected) => {
  expect(verdict(executivePage({ ...emptyDashboard, ...more }).text)).toBe(expected);
});

test("how old what is known is, is told: of several scans, the oldest", () => {
  const ago = (hours: number) => new Date(now.getTime() - hours * 3600_000);
  const told = (more: DashboardView["looks"]) => {
    const { text } = onCallPage({ ...emptyDashboard, looks: more }, new URLSearchParams());
    const line = /<p class="quiet">\s+Endpoints[^]*?<\/p>/.exec(text)?.[0] ?? "";
    return line
      .replace(/<[^>]+>/g, "")
      .replace(/\s+/g, " ")
      .trim();
  };
  const scans = [30, 2].map((hours) => ({ source: "scan" as const, at: ago(hours) }));
  expect(told([...scans, { source: "drift-check", at: ago(1) }])).toBe(
    "Endpoints and certificates were looked at by drift-check 1 hour ago, in a scan 1 day ago.",
  );
});

test("keys that were used unexpectedly are incidents", () => {
  const { text } = executivePage({ ...emptyDashboard, keyAnomalies: fullDashboard.keyAnomalies });
  expect(text).toMatch(/<dt>incident this week<\/dt>\s*<dd>1<\/dd>/);
});
