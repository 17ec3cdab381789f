/**
 * What the entries of a ledger come to, one after the other: counters and histograms from the first entry on, and events by
 * the minute for windows. A certificate that came and went between two scrapes is in them. Pure, but for its own state.
 */
import type { LedgerLine } from "../ledger/ledger-line";
import { CounterFamily, HistogramFamily, type MetricFamily } from "../platform/report/metric-family";
import { Compromises } from "./compromises";
import { EventSeries } from "./event-series";
import { causeOf } from "./failure-cause";
import { metricFamilies } from "./metric-families";
import { OpenRenewals } from "./open-renewals";
import { issuanceLimitSeconds, replacementLimitMs } from "./targets";
import { TimedCounter } from "./timed-counter";

/** From a CA in the same network to name servers that take an hour. */
const issuanceBuckets = [0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600];
/** From an automatic answer to days of work by hand. */
const replacementBuckets = [60, 300, 900, 1800, 3600, 7200, 21_600, 86_400, 604_800];

/** Renewals, and no tidying up after them. */
const renewalActions: ReadonlySet<unknown> = new Set(["renew", "finish", "blocked"]);

export interface FoldOptions {
  /** Hosts of directories of the organisation's own CAs, whose issuances have to be fast as a whole. */
  readonly ownIssuers?: ReadonlySet<string>;
  /** A compromised certificate that is in service longer was replaced too late. @default an hour */
  readonly replacementLimitMs?: number;
}

interface UsedWaiver {
  readonly rule: string;
  readonly owner: string;
  readonly until: Date;
}

export class LedgerFold {
  /** Number of the last entry. */
  headSequence = 0;
  readonly series = {
    renewal: new EventSeries(),
    replacement: new EventSeries(),
    issuance: new EventSeries(),
    deployment: new EventSeries(),
  };
  readonly openRenewals = new OpenRenewals();
  private readonly compromises = new Compromises();
  private readonly renewals = new TimedCounter(metricFamilies.renewals, metricFamilies.renewalTimestamp);
  private readonly issuances = new CounterFamily(metricFamilies.issuances);
  private readonly issuanceSeconds = new HistogramFamily(metricFamilies.issuanceSeconds, issuanceBuckets);
  private readonly replacements = new HistogramFamily(metricFamilies.replacementSeconds, replacementBuckets);
  private readonly deployments = new TimedCounter(metricFamilies.deployments, metricFamilies.deploymentTimestamp);
  private readonly failures = new TimedCounter(metricFamilies.failures, metricFamilies.failureTimestamp);
  private readonly revocations = new CounterFamily(metricFamilies.revocations);
  private readonly denials = new CounterFamily(metricFamilies.policyDenials);
  private readonly replacementLimitMs: number;
  private readonly waivers = new Map<string, UsedWaiver>();
  /** What the run in work could not get issued: its renewals fail by the same, which counts once. */
  private unissued = { run: "", failures: new Set<string>() };

  constructor(private readonly options: FoldOptions = {}) {
    this.replacementLimitMs = options.replacementLimitMs ?? replacementLimitMs;
    for (const outcome of ["complete", "put_back", "partial"]) this.deployments.begin([outcome]);
  }

  /** In the order of the ledger. */
  add(entry: LedgerLine): void {
    this.headSequence = entry.seq;
    this.addFailure(entry);
    this.addDeployment(entry);
    this.openRenewals.add(entry);
    for (const { at, seconds } of this.compromises.add(entry)) {
      this.replacements.observe([], seconds);
      this.series.replacement.add(at, seconds * 1000 <= this.replacementLimitMs);
    }
    const { event, outcome, subject, facts = {} } = entry;
    if (event === "certificate.issued") this.issuances.add([text(facts.issuer), outcome, causeOf(entry) ?? ""]);
    if (event === "certificate.issued" && outcome === "done") this.addIssuance(entry);
    if (event === "renewal.ended") this.addRenewal(entry);
    if (event === "certificate.revoked" && outcome === "done" && facts.result !== "already revoked")
      this.revocations.add([text(facts.reason)]);
    if (event === "policy.denied") this.denials.add([subject.rule ?? ""]);
    if (event === "waiver.used") this.addWaiver(entry);
  }

  /** What is counted. */
  families(): readonly MetricFamily[] {
    const { renewals, deployments, failures, issuances, issuanceSeconds, replacements, revocations, denials } = this;
    const timed = [renewals, deployments, failures].flatMap(({ families }) => families);
    return [...timed, issuances, issuanceSeconds, replacements, revocations, denials];
  }

  /** Certificates with a compromised key that should have been replaced by now. */
  overdueCompromises(now: Date): number {
    return this.compromises.overdue(now, this.replacementLimitMs);
  }

  /** Waivers that let something pass and have not ended. */
  waiversInForce(now: Date): readonly UsedWaiver[] {
    return [...this.waivers.values()].filter(({ until }) => until > now);
  }

  private addRenewal({ time, outcome, facts = {} }: LedgerLine): void {
    if (!renewalActions.has(facts.action)) return;
    this.renewals.add([outcome, text(facts.issuer)], new Date(time));
    // what was refused was not tried
    if (outcome !== "refused") this.series.renewal.add(new Date(time), outcome === "done");
  }

  private addIssuance({ time, facts = {} }: LedgerLine): void {
    const { issuer, waitingSeconds: waiting, workingSeconds: working } = facts;
    if (typeof waiting !== "number" || typeof working !== "number") return;
    this.issuanceSeconds.observe([text(issuer), "waiting"], waiting);
    this.issuanceSeconds.observe([text(issuer), "working"], working);
    const counted = this.options.ownIssuers?.has(text(issuer)) ? waiting + working : working;
    this.series.issuance.add(new Date(time), counted <= issuanceLimitSeconds);
  }

  private addDeployment({ time, facts: { deployment } = {} }: LedgerLine): void {
    if (deployment === undefined) return;
    this.deployments.add([text(deployment)], new Date(time));
    this.series.deployment.add(new Date(time), deployment !== "partial");
  }

  private addFailure(entry: LedgerLine): void {
    const { time, event, error, subject, actor } = entry;
    const cause = causeOf(entry);
    if (error === undefined || cause === undefined) return;
    const key = `${error.code} ${[...(subject.names ?? [])].sort().join()}`;
    if (event === "certificate.issued") {
      if (this.unissued.run !== actor.run) this.unissued = { run: actor.run, failures: new Set() };
      this.unissued.failures.add(key);
    } else if (this.unissued.run === actor.run && this.unissued.failures.delete(key)) return;
    this.failures.add([cause, error.code], new Date(time));
  }

  private addWaiver({ subject, facts = {} }: LedgerLine): void {
    const [rule, owner, until] = [subject.rule ?? "", text(facts.waiverOwner), new Date(text(facts.until))];
    this.waivers.set(JSON.stringify([rule, owner, facts.until ?? ""]), { rule, owner, until });
  }
}

function text(fact: string | number | boolean | undefined): string {
  return fact === undefined ? "" : String(fact);
}
