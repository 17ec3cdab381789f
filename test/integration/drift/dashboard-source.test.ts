/** Dashboards are fed by files as they grow: a ledger with its chain, an audit trail, a scan, events of CloudTrail. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDashboards } from "../../../src/bin/drift-check/open-dashboards";
import { RunHistory } from "../../../src/drift/history/run-history";
import { StatusSource } from "../../../src/drift/serve/status-source";
import { openLedger } from "../../../src/ledger/open-ledger";
import { systemClock } from "../../../src/platform/clock";
import { numberedEntry } from "../../support/ledger-entries";
import { until } from "../../support/until";

const folder = mkdtempSync(join(tmpdir(), "dashboards-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function statusOf(): StatusSource {
  return new StatusSource({
    ...{ applies: false, clock: systemClock, schedule: { text: "17 */6 * * *", timeZone: "UTC" } },
    daemon: { state: { startedAt: new Date(), runs: new Map(), skipped: 0 } },
    ...{ history: new RunHistory(folder, systemClock), pending: { list: async () => [] } },
  });
}

test("what is added is there at the next look", async () => {
  const [ledger, proxyAudit] = [join(folder, "ledger.jsonl"), join(folder, "audit.jsonl")];
  writeFileSync(proxyAudit, "");
  const dashboards = openDashboards({ ledger, proxyAudit, scan: [], cloudtrail: [] });
  const source = dashboards.source(statusOf());
  await source.readOn();
  let isReading = true;
  await until(() => {
    void source.view().then((view) => (isReading = view.isReading));
    return !isReading;
  });
  expect((await source.view()).entries).toBe(0);
  await openLedger(ledger).append([numberedEntry(1), numberedEntry(2)]);
  const line = { time: new Date().toISOString(), event: "decision", verdict: "allow" };
  appendFileSync(proxyAudit, `${JSON.stringify(line)}\n`);
  const view = await source.view();
  expect([view.entries, view.errors]).toEqual([2, []]);
  expect(view.proxy?.decisionsIn(new Date(), 24)).toEqual([["allowed", 1]]);
  expect(await source.metrics()).toContain("unexpired_ledger_up 1\n");
  await dashboards.close();
});

test("a ledger that was changed, and a scan that is none, are told on the page and in the metrics", async () => {
  const [ledger, scan] = [join(folder, "changed.jsonl"), join(folder, "scan.json")];
  await openLedger(ledger).append([numberedEntry(1), numberedEntry(2), numberedEntry(3)]);
  writeFileSync(ledger, readFileSync(ledger, "utf8").replace('"seq":2', '"seq":7'));
  writeFileSync(scan, "{}");
  const dashboards = openDashboards({ ledger, scan: [scan], cloudtrail: [] });
  const source = dashboards.source(statusOf());
  let codes: string[] = [];
  await until(() => {
    void source.view().then(({ errors }) => (codes = errors.map(({ code }) => code)));
    return codes.length === 2;
  });
  expect(codes).toEqual(["chain_broken", "invalid_argument"]);
  expect(await source.metrics()).toContain("unexpired_ledger_up 0\n");
  await dashboards.close();
});
