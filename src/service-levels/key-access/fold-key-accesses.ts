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

/** Accesses to keys and secrets, each once: CloudTrail may deliver an event more than once. */
export class KeyAccessFold {
  readonly series = new EventSeries();
  readonly anomalies: KeyAccessAnomaly[] = [];
  private readonly seen = new Set<string>();
  private readonly accesses = new CounterFamily(metricFamilies.keyAccesses);
  private readonly counted = new TimedCounter(
    metricFamilies.keyAccessAnomalies,
    metricFamilies.keyAccessAnomalyTimestamp,
  );

  constructor(private readonly rules: KeyAccessRules) {
    for (const kind of anomalyKinds) this.counted.begin([kind]);
  }

  add(event: CloudTrailEvent): void {
    if (!isKeyAccess(event) || !isWatched(event, this.rules) || this.seen.has(event.eventID)) return;
    this.seen.add(event.eventID);
    const kind = judgeKeyAccess(event, this.rules);
    const at = new Date(event.eventTime);
    this.accesses.add([]);
    this.series.add(at, kind === undefined);
    if (kind === undefined) return;
    this.counted.add([kind], at);
    this.anomalies.push({ kind, event });
  }

  families(): readonly MetricFamily[] {
    return [this.accesses, ...this.counted.families];
  }
}
