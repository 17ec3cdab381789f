import { CounterFamily, type MetricFamily } from "../../platform/report/metric-family";
import { EventSeries } from "../event-series";
import { metricFamilies } from "../metric-families";
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
  private readonly counted = new CounterFamily(metricFamilies.keyAccessAnomalies);

  constructor(private readonly rules: KeyAccessRules) {
    for (const kind of anomalyKinds) this.counted.add([kind], 0);
  }

  add(event: CloudTrailEvent): void {
    if (!isKeyAccess(event) || !isWatched(event, this.rules) || this.seen.has(event.eventID)) return;
    this.seen.add(event.eventID);
    const kind = judgeKeyAccess(event, this.rules);
    this.accesses.add([]);
    this.series.add(new Date(event.eventTime), kind === undefined);
    if (kind === undefined) return;
    this.counted.add([kind]);
    this.anomalies.push({ kind, event });
  }

  families(): readonly MetricFamily[] {
    return [this.accesses, this.counted];
  }
}
