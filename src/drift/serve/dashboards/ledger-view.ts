import type { LedgerLine } from "../../../ledger/ledger-line";
import { causeOf } from "../../../service-levels/failure-cause";
import type { FailureCause } from "../../../service-levels/metric-families";
import { FailedRenewals } from "./failed-renewals";
import { HourCounts } from "./hour-counts";
import { Incidents } from "./incidents";
import { Latencies } from "./latencies";
import { Latest } from "./latest";
import { PartialDeployments } from "./partial-deployments";

const mostListed = 500;

/** What the entries of a ledger come to for people, in an amount of memory that does not grow with it. */
export class LedgerView {
  readonly incidents = new Incidents();
  readonly partial = new PartialDeployments();
  readonly latencies = new Latencies();
  readonly failedRenewals = new FailedRenewals(mostListed);
  private readonly revoked = new Latest<LedgerLine>(mostListed);
  private readonly challenged = new Latest<LedgerLine>(mostListed);
  /** Failures, by `CAUSE CODE`. */
  private readonly failures = new HourCounts();
  /** Orders, by `CA RESULT`. */
  private readonly issuances = new HourCounts();
  /** Denials of the policy, by rule. */
  private readonly denials = new HourCounts();

  add(entry: LedgerLine): void {
    this.incidents.add(entry);
    this.partial.add(entry);
    this.latencies.add(entry);
    this.failedRenewals.add(entry);
    const { event, outcome, subject, error, facts = {}, time } = entry;
    const at = new Date(time);
    if (event === "certificate.revoked" && outcome === "done" && facts.result !== "already revoked")
      this.revoked.add(entry);
    if (event === "policy.denied") this.denials.add(subject.rule ?? "", at);
    const cause = causeOf(entry);
    if (event === "certificate.issued") {
      this.issuances.add(`${String(facts.issuer ?? "")} ${outcome === "done" ? "done" : (cause ?? "other")}`, at);
      if (cause === "dns" || cause === "proxy") this.challenged.add(entry);
    }
    if (cause !== undefined && error !== undefined) this.failures.add(`${cause} ${error.code}`, at);
  }

  /** Latest first. */
  get revocations(): readonly LedgerLine[] {
    return this.revoked.items;
  }

  /** Orders that failed at DNS or at the proxy before it. Latest first. */
  get challengeFailures(): readonly LedgerLine[] {
    return this.challenged.items;
  }

  /** By cause and code, most often first. */
  failuresIn(now: Date, hours: number): readonly Failures[] {
    return [...this.failures.counts(now, hours)]
      .map(([key, count]) => {
        const [cause = "", code = ""] = key.split(" ");
        return { cause: cause as FailureCause, code, count };
      })
      .sort((left, right) => right.count - left.count);
  }

  /** Of each CA, in the order of their names. */
  ordersIn(now: Date, hours: number): readonly Orders[] {
    return [...this.issuances.counts(now, hours)]
      .map(([key, count]) => {
        const [issuer = "", result = ""] = key.split(" ");
        return { issuer, result: result as Orders["result"], count };
      })
      .sort((left, right) => Number(left.issuer > right.issuer) - Number(left.issuer < right.issuer));
  }

  /** By rule, most often first. */
  denialsIn(now: Date, hours: number): readonly (readonly [rule: string, count: number])[] {
    return [...this.denials.counts(now, hours)].sort(([, left], [, right]) => right - left);
  }
}

export interface Orders {
  /** Host of its directory; "" where that is not on record. */
  readonly issuer: string;
  /** Or the cause of their failure. */
  readonly result: "done" | FailureCause;
  readonly count: number;
}

export interface Failures {
  readonly cause: FailureCause;
  readonly code: string;
  readonly count: number;
}
