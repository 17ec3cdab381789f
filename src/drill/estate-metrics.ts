import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { KeyAccessFold } from "../service-levels/key-access/fold-key-accesses";
import type { KeyAccessRules } from "../service-levels/key-access/judge-key-access";
import { readCloudTrail } from "../service-levels/key-access/read-cloud-trail";
import { readProbes } from "../service-levels/read-probes";
import { ServiceLevelFeed } from "../service-levels/service-level-feed";
import { replacementLimitMs } from "../service-levels/targets";

/** Where the metrics of an estate come from. Scans and events that are not there yet tell nothing. */
export interface MetricsSources {
  readonly ledger: string;
  /** What `manage-certs scan --json` wrote. */
  readonly scan: string;
  /** Where drift-check keeps its runs. */
  readonly runs: string;
  /** Metrics that short runs have left, as node exporter's textfile collector reads them. */
  readonly folder: string;
  /** Events as CloudTrail delivers them. */
  readonly cloudTrail: string;
  readonly keyAccess: KeyAccessRules;
  /** What the hours of service levels are divided by, as those of rules are. */
  readonly timeScale: number;
}

/** What the daemon of drift-check and node exporter would serve, in Prometheus's text format. */
export class EstateMetrics {
  private readonly feed: ServiceLevelFeed;

  constructor(private readonly sources: MetricsSources) {
    const { ledger, timeScale } = sources;
    this.feed = new ServiceLevelFeed({ place: ledger, replacementLimitMs: replacementLimitMs / timeScale });
  }

  async text(now: Date): Promise<string> {
    const { scan, runs, cloudTrail, keyAccess: rules } = this.sources;
    await this.feed.refresh();
    const scans = (await isThere(scan)) ? [scan] : [];
    const probes = await readProbes({ scans, runs: { folder: runs, mustExist: false }, now });
    const keyAccess = new KeyAccessFold(rules);
    if (await isThere(cloudTrail))
      for await (const event of readCloudTrail(cloudTrail, { input: process.stdin })) keyAccess.add(event);
    return this.feed.metrics({ probes, keyAccess, now }) + (await this.ofShortRuns());
  }

  close(): Promise<void> {
    return this.feed.close();
  }

  private async ofShortRuns(): Promise<string> {
    const { folder } = this.sources;
    const names = (await readdir(folder)).filter((name) => name.endsWith(".prom")).sort();
    return (await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")))).join("");
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
