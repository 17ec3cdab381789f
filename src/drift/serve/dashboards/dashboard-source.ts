import type { CursorFeed } from "../../../ledger/cursor-feed";
import { toAppError, type AppError } from "../../../platform/errors";
import { notRead } from "../../../service-levels/key-access/queue-state";
import { latestProbes, type Probe } from "../../../service-levels/probe";
import type { ServiceLevelFeed, Seen } from "../../../service-levels/service-level-feed";
import type { ServiceLevel } from "../../../service-levels/service-levels";
import type { StackResult } from "../../history/latest-results";
import type { StatusView } from "../status-view";
import type { StatusSource } from "../status-source";
import type { DashboardView } from "./dashboard-view";
import { halfServed } from "./half-served";
import type { KeyEvents } from "./key-events";
import { knownCertificates } from "./known-certificates";
import type { LedgerView } from "./ledger-view";
import type { PartialDeployment } from "./partial-deployments";
import type { Probes } from "./probes";
import type { ProxyView } from "./proxy-view";
import { refusedEndpoints } from "./refused-endpoints";

/** Ratios over hours and days need not be reckoned for every reader. */
const freshMs = 10_000;

export interface DashboardSourceOptions {
  readonly status: Pick<StatusSource, "view" | "latest">;
  readonly feed: Pick<ServiceLevelFeed, "refresh" | "failure" | "ledger" | "levels" | "metrics">;
  /** Hears of each entry that `feed` reads. */
  readonly ledger: LedgerView;
  readonly probes: Pick<Probes, "all">;
  /** Undefined where no events of CloudTrail are given. */
  readonly keyEvents?: Pick<KeyEvents, "fold" | "queues" | "refresh">;
  /** Where the pages of docs/runbooks are, without a final slash. @default "docs/runbooks", a path in the package */
  readonly runbooks?: string;
  /** Undefined where no audit trail is given. */
  readonly proxy?: { readonly view: ProxyView; readonly feed: Pick<CursorFeed, "refresh" | "failure"> };
}

interface Estate extends Pick<DashboardView, "certificates" | "refused" | "looks"> {
  /** What it was made of. */
  readonly ofStacks: StatusView["certificates"];
  readonly probes: readonly Probe[];
}

/** What the dashboards show, put together when somebody asks. */
export class DashboardSource {
  private hasRead = false;
  private probes: readonly Probe[] = [];
  private levels: readonly ServiceLevel[] = [];
  private failures: readonly AppError[] = [];
  private reckonedMs = -Infinity;
  private estate: Estate | undefined;
  private half: { readonly of: readonly StackResult[]; readonly found: readonly PartialDeployment[] } = {
    ...{ of: [], found: [] },
  };

  constructor(private readonly options: DashboardSourceOptions) {}

  async view(): Promise<DashboardView> {
    const { feed, ledger, proxy, keyEvents } = this.options;
    const status = await this.options.status.view();
    await this.readOn();
    await this.reckon(status.now);
    const { certificates, refused, looks } = this.estateOf(status);
    if (status.stacks !== this.half.of) this.half = { of: status.stacks, found: halfServed(status.stacks) };
    return {
      ...{ certificates, refused, looks, runbooks: this.options.runbooks ?? "docs/runbooks" },
      ...{ status, ledger, levels: this.levels, proxy: proxy?.view },
      errors: [feed.failure, proxy?.feed.failure, ...this.failures].flatMap((error) => error ?? []),
      ...{ entries: feed.ledger.headSequence, isReading: !this.hasRead },
      waivers: feed.ledger.waiversInForce(status.now),
      underWay: feed.ledger.openRenewals.underWay(status.now),
      unended: feed.ledger.openRenewals.unended(status.now),
      partial: [...ledger.partial.open, ...this.half.found],
      keyAnomalies: keyEvents?.fold.anomalies ?? [],
    };
  }

  /** The service levels, in Prometheus's text format. */
  async metrics(): Promise<string> {
    const { now } = await this.options.status.view();
    await this.readOn();
    await this.reckon(now);
    return this.options.feed.metrics(this.seen(now));
  }

  /** Reads what was added. The first reading may take seconds for a million entries: nobody waits for that. */
  async readOn(): Promise<void> {
    const { feed, proxy } = this.options;
    const reading = Promise.all([feed.refresh(), proxy?.feed.refresh()]).then(() => {
      // what was reckoned before the end of the first reading is of a part
      if (!this.hasRead) this.reckonedMs = -Infinity;
      this.hasRead = true;
    });
    if (this.hasRead) await reading;
  }

  /** Anew where a run or a look came to it. */
  private estateOf({ certificates: ofStacks, now }: StatusView): Estate {
    const { probes, estate } = this;
    if (estate?.ofStacks === ofStacks && estate.probes === probes) return estate;
    this.estate = {
      ...{ ofStacks, probes, certificates: knownCertificates(ofStacks, probes) },
      ...{ refused: refusedEndpoints(probes, now), looks: latestProbes(probes) },
    };
    return this.estate;
  }

  private seen(now: Date): Seen {
    const { keyEvents } = this.options;
    return { probes: this.probes, keyAccess: keyEvents?.fold, queues: keyEvents?.queues, now };
  }

  private async reckon(now: Date): Promise<void> {
    if (now.getTime() - this.reckonedMs < freshMs) return;
    this.reckonedMs = now.getTime();
    const { status, probes, keyEvents, feed } = this.options;
    const failures: AppError[] = [];
    const note = (error: unknown) => void failures.push(toAppError(error));
    await keyEvents?.refresh(now).catch(note);
    failures.push(...(keyEvents?.queues ?? []).flatMap((queue) => notRead(queue, now) ?? []));
    this.probes = await probes.all(status.latest()).catch((error: unknown) => {
      note(error);
      return this.probes;
    });
    this.failures = failures;
    this.levels = feed.levels(this.seen(now));
  }
}
