import { CounterFamily, LatestTimeFamily, type MetricFamily } from "../platform/report/metric-family";
import type { MetricDescription } from "./metric-families";

/**
 * A counter, and beside it when each of its series rose last: whoever reads a counter for the first time cannot tell what
 * happened a minute ago from what happened last year.
 */
export class TimedCounter {
  readonly families: readonly MetricFamily[];
  private readonly counter: CounterFamily;
  private readonly latest: LatestTimeFamily;

  /** `time` has the labels of `counter`. */
  constructor(counter: MetricDescription, time: MetricDescription) {
    this.counter = new CounterFamily(counter);
    this.latest = new LatestTimeFamily(time);
    this.families = [this.counter, this.latest];
  }

  /** A series that is told before anything happened. */
  begin(labels: readonly string[]): void {
    this.counter.add(labels, 0);
  }

  add(labels: readonly string[], at: Date): void {
    this.counter.add(labels);
    this.latest.see(labels, at);
  }
}
