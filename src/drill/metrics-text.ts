import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseLedgerLine } from "../ledger/ledger-line";
import { readLedger } from "../ledger/read-ledger";
import { isAppError } from "../platform/errors";
import { LedgerFold } from "../service-levels/fold-ledger";
import { eventsIn } from "../service-levels/key-access/cloud-trail-event";
import { KeyAccessFold } from "../service-levels/key-access/fold-key-accesses";
import type { KeyAccessRules } from "../service-levels/key-access/judge-key-access";
import { probeOfScan } from "../service-levels/probe-of-scan";
import { serviceLevelMetrics } from "../service-levels/service-level-metrics";

/** Where the metrics of an estate come from; files that are not there yet tell nothing. */
export interface MetricsSources {
  readonly ledger: string;
  /** What `manage-certs scan --json` wrote. */
  readonly scan: string;
  /** Metrics that short runs have left, as node exporter's textfile collector reads them. */
  readonly folder: string;
  /** Events as CloudTrail delivers them. */
  readonly cloudTrail: string;
  readonly keyAccess: KeyAccessRules;
  readonly now: Date;
}

/** The service levels, and what short runs told, in Prometheus's text format. */
export async function metricsText(sources: MetricsSources): Promise<string> {
  const fold = new LedgerFold();
  for (const line of await ledgerLines(sources.ledger)) {
    const entry = parseLedgerLine(line);
    if (entry !== undefined) fold.add(entry);
  }
  const scan = await json(sources.scan);
  const probe = scan === undefined ? undefined : probeOfScan(scan);
  const keyAccess = new KeyAccessFold(sources.keyAccess);
  for (const event of eventsIn(await json(sources.cloudTrail))) keyAccess.add(event);
  const levels = serviceLevelMetrics({
    ledger: fold,
    keyAccess,
    probes: probe === undefined ? [] : [probe],
    now: sources.now,
    isLedgerUp: true,
  });
  return levels + (await ofShortRuns(sources.folder));
}

async function ledgerLines(path: string): Promise<readonly string[]> {
  const lines: string[] = [];
  try {
    for await (const line of readLedger(path)) lines.push(line);
  } catch (error) {
    if (!isAppError(error, "missing_file")) throw error;
  }
  return lines;
}

async function json(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text === "" ? undefined : JSON.parse(text);
}

async function ofShortRuns(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".prom")).sort();
  return (await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")))).join("");
}
