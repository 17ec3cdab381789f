import { CounterFamily, type MetricFamily } from "../../platform/report/metric-family";
import { EventSeries } from "../event-series";
import { metricFamilies } from "../metric-families";
import { TimedCounter } from "../timed-counter";
import { isKeyAccess, type CloudTrailEvent } from "./cloud-trail-event";
import { anomalyKinds, isWatched, judgeKeyAccess, type AnomalyKind, type KeyAccessRules } from "./judge-key-access";

export interface KeyAccessAnomaly {
  readonly kind: AnomalyKind;
  readonly event: CloudTrailEvent;
}

const dayMs = 86_400_000;
const dayOf = (time: number) => Math.floor(time / dayMs);

/** Accesses to keys and secrets, each once: CloudTrail may deliver an event more than once. */
export class KeyAccessFold {
  readonly series = new EventSeries();
  private found: KeyAccessAnomaly[] = [];
  /** IDs of events by the days on which they happened. */
  private readonly seen = new Map<number, Set<string>>();
  /** The first day of which everything is remembered. */
  private firstDay = -Infinity;
  private readonly accesses = new CounterFamily(metricFamilies.keyAccesses);
  private readonly counted = new TimedCounter(
    metricFamilies.keyAccessAnomalies,
    metricFamilies.keyAccessAnomalyTimestamp,
  );

  constructor(private readonly rules: KeyAccessRules) {
    for (const kind of anomalyKinds) this.counted.begin([kind]);
  }

  /** Those that are remembered, in the order in which they were added. */
  get anomalies(): readonly KeyAccessAnomaly[] {
    return this.found;
  }

  add(event: CloudTrailEvent): void {
    if (!isKeyAccess(event) || !isWatched(event, this.rules) || this.isKnown(event)) return;
    const kind = judgeKeyAccess(event, this.rules);
    const at = new Date(event.eventTime);
    this.accesses.add([]);
    this.series.add(at, kind === undefined);
    if (kind === undefined) return;
    this.counted.add([kind], at);
    this.found.push({ kind, event });
  }

  /**
   * Forgets which events there were on days before: for whoever goes on reading for months. What comes of those days after
   * that may have been counted, and counts no more. Counters stay.
   */
  forgetBefore(time: Date): void {
    const day = dayOf(time.getTime());
    if (day <= this.firstDay) return;
    this.firstDay = day;
    for (const known of this.seen.keys()) if (known < day) this.seen.delete(known);
    this.found = this.found.filter(({ event }) => dayOf(Date.parse(event.eventTime)) >= day);
  }

  families(): readonly MetricFamily[] {
    return [this.accesses, ...this.counted.families];
  }

  /** Remembers it if it is not. */
  private isKnown({ eventID, eventTime }: CloudTrailEvent): boolean {
    const day = dayOf(Date.parse(eventTime));
    if (day < this.firstDay) return true;
    const ids = this.seen.get(day) ?? new Set();
    this.seen.set(day, ids);
    if (ids.has(eventID)) return true;
    ids.add(eventID);
    return false;
  }
}
