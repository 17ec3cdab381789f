import { homedir } from "node:os";
import { readConfig } from "../../manage-certs/config/read-config";
import { costsOfEach, estimateCosts } from "../../manage-certs/costs/estimate-costs";
import { readPrices } from "../../manage-certs/costs/read-prices";
import { findAll } from "../../manage-certs/findings/find-all";
import { toCsv } from "../../manage-certs/report/csv";
import { failed, waiverLines } from "../../manage-certs/report/failed";
import { toMetrics } from "../../manage-certs/report/metrics";
import { toPage } from "../../manage-certs/report/page/page";
import { toScanDocument } from "../../manage-certs/report/scan-document";
import { exitCodeOf, summarize } from "../../manage-certs/report/summary";
import { toText } from "../../manage-certs/report/text";
import { writeWhole } from "../../platform/report/write-whole";
import { prepareScan } from "../../manage-certs/scan/prepare-scan";
import { scanEstate } from "../../manage-certs/scan/scan-estate";
import { waiversInForce } from "../../policy/reported-waiver";
import type { CommandManners } from "../command-manners";
import type { EstateFlags, PolicyFlags } from "./estate-flags";
import { enforcedPolicy } from "./in-estate";
import { ProgressLine } from "../progress-line";

export interface ScanFlags extends EstateFlags, PolicyFlags {
  readonly handshakes: boolean;
  readonly json?: true;
  readonly csv?: true;
  readonly html?: string;
  readonly metrics?: string;
  readonly costs?: string;
}

export async function runScan(flags: ScanFlags, manners: CommandManners): Promise<void> {
  const { regions, accounts, connectTo, roots, handshakes, html, metrics } = flags;
  const config = await readConfig({ file: flags.config, environment: process.env, homeFolder: homedir() });
  const enforced = enforcedPolicy(config, flags.policy);
  const prices = flags.costs === undefined ? undefined : readPrices(flags.costs);
  const choices = { regions, accountsFile: accounts, connectTo, rootsFile: roots, handshakes };
  const prepared = await prepareScan(config, choices);
  const progress = new ProgressLine(process.stderr);
  try {
    const estate = await scanEstate({
      ...prepared.options,
      onProgress: ({ certificates, handshakes: { done, total } }) =>
        progress.show(`${certificates} certificates${total > 0 ? `, ${done} of ${total} handshakes` : ""}`),
    });
    progress.clear();
    const findings = findAll(estate, enforced);
    const extras = {
      waivers: enforced && waiversInForce(enforced.policy, estate.scannedAt),
      costs: prices && estimateCosts(estate, prices),
      costsOfEach: prices && costsOfEach(estate, prices),
    };
    if (flags.json) process.stdout.write(`${JSON.stringify(toScanDocument(estate, findings, extras), undefined, 2)}\n`);
    else process.stdout.write(flags.csv ? toCsv(estate, findings, extras) : toText(estate, findings, extras));
    // A table of certificates has no place for what is about all of them.
    if (flags.csv)
      for (const line of [...estate.failures.map(failed), ...waiverLines(extras.waivers)]) manners.say(line);
    process.exitCode = exitCodeOf(summarize(estate, findings));
    if (html !== undefined) await writeWhole(html, toPage(estate, findings, extras));
    if (metrics !== undefined) await writeWhole(metrics, toMetrics(estate, findings));
  } finally {
    progress.clear();
    await prepared.close();
  }
}
