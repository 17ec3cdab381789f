import { stat } from "node:fs/promises";
import { AppError, messageOf } from "../../../platform/errors";
import { probeOfDriftRun } from "../../../service-levels/probe-of-drift-run";
import type { FindWhose, Probe } from "../../../service-levels/probe";
import { readProbes } from "../../../service-levels/read-probes";
import type { KeptRun } from "../../history/run-history";
import type { RunDocument } from "../../report/run-document-shape";

/** Of all earlier looks together: what a month of looks at an estate of usual size needs, and an amount of memory. */
const mostEndpoints = 200_000;

/** What runs and scans told of endpoints and certificates. */
export class Probes {
  private earlier: Probe[] = [];
  private readonly scanned = new Map<string, { readonly changedMs: number; readonly probe: Probe }>();
  private whole: { readonly of: RunDocument; readonly probe: Probe | undefined } | undefined;

  /** `scans`: what `manage-certs scan --json` wrote. */
  constructor(
    private readonly scans: readonly string[],
    private readonly whose?: FindWhose,
  ) {}

  /** A run that has ended. */
  add({ document }: KeptRun): void {
    const probe = probeOfDriftRun(document, this.whose);
    if (probe === undefined) return;
    // of what is past, endpoints count alone
    this.earlier.push({ ...probe, certificates: [] });
    this.earlier.sort((left, right) => left.at.getTime() - right.at.getTime());
    let endpoints = 0;
    const first = this.earlier.findLastIndex((each) => (endpoints += each.endpoints.length) > mostEndpoints);
    this.earlier = this.earlier.slice(first + 1);
  }

  /** `latest`: the latest run, with every stack as its latest run left it. Errors: `missing_file`, `invalid_argument`. */
  async all(latest: RunDocument | undefined): Promise<readonly Probe[]> {
    const scans = await Promise.all(this.scans.map((file) => this.scan(file)));
    if (latest === undefined) return scans;
    if (this.whole?.of !== latest) this.whole = { of: latest, probe: probeOfDriftRun(latest, this.whose) };
    const { probe } = this.whole;
    const before = this.earlier.filter(({ at }) => at.getTime() < Date.parse(latest.at));
    return [...before, ...(probe === undefined ? [] : [probe]), ...scans];
  }

  /** Read anew when it has changed. */
  private async scan(file: string): Promise<Probe> {
    const { mtimeMs: changedMs } = await stat(file).catch((error: unknown) => {
      throw new AppError("missing_file", `cannot read the scan ${file}: ${messageOf(error)}`, { cause: error });
    });
    const known = this.scanned.get(file);
    if (known?.changedMs === changedMs) return known.probe;
    const [probe] = await readProbes({
      ...{ scans: [file], whose: this.whose, now: new Date(changedMs) },
      runs: { folder: "", mustExist: false },
    });
    if (probe === undefined) throw new AppError("internal", `${file} has nothing in it`);
    this.scanned.set(file, { changedMs, probe });
    return probe;
  }
}
