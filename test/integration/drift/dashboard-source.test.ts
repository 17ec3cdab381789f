/** Dashboards are fed by files as they grow: a ledger with its chain, an audit trail, a scan, events of CloudTrail. */
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDashboards } from "../../../src/bin/drift-check/open-dashboards";
import { RunHistory } from "../../../src/drift/history/run-history";
import { StatusSource } from "../../../src/drift/serve/status-source";
import { keyAccess } from "../../../src/drill/drills/key-access";
import { openLedger } from "../../../src/ledger/open-ledger";
import { systemClock } from "../../../src/platform/clock";
import { writeQueueState } from "../../../src/service-levels/key-access/queue-state";
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

test("events of a queue count, and a queue that nobody reads any more is told on the page and in the metrics", async () => {
  const events = join(folder, "events");
  mkdirSync(events);
  const [time, queue] = [new Date(), "https://sqs.eu-west-1.amazonaws.com/111122223333/key-events"];
  const lines = [1, 2, 2].map(() => JSON.stringify(keyAccess("somebody", time)));
  writeFileSync(join(events, "2026-06-01.jsonl"), [...lines, lines[0]?.slice(0, 50)].join("\n"));
  const state = { queue, readAt: new Date(time.getTime() - 3_700_000), messages: { kept: 3, unreadable: 1 } };
  await writeQueueState(events, state);
  const rules = join(folder, "key-access.yaml");
  writeFileSync(rules, 'principals: ["*:role/nobody"]\n');
  const dashboards = openDashboards({
    ...{ ledger: join(folder, "of-events.jsonl"), scan: [], cloudtrail: [events], keyAccess: rules },
  });
  const source = dashboards.source(statusOf());
  const view = await source.view();
  expect(view.keyAnomalies.map(({ kind }) => kind)).toEqual(["principal", "principal", "principal"]);
  expect(view.errors.map(({ code }) => code)).toEqual(["queue_not_read"]);
  const metrics = await source.metrics();
  expect(metrics).toContain('unexpired_key_access_anomalies_total{kind="principal"} 3\n');
  expect(metrics).toContain(`_queue_messages_total{queue="${queue}",outcome="unreadable"} 1\n`);
  expect(metrics).toContain(`_queue_read_timestamp_seconds{queue="${queue}"} ${state.readAt.getTime() / 1000}\n`);
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
