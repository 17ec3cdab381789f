/**
 * Counters, histograms and times in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). Every
 * request touches several of them, and what prom-client does for one, above all making one text of all label values to
 * look it up by, costs more than to decide.
 */
import { escapedLabel } from "./gauge";

/** One metric with its name, for all values of its labels. */
export interface MetricFamily {
  readonly name: string;
  readonly type: "counter" | "histogram" | "gauge";
  readonly labelNames: readonly string[];
  /** Its lines with their comments, in the order in which label values came first. */
  text(): string;
}

interface FamilyDescription {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly string[];
}

/** One value per label, in the order of their names. */
type LabelValues = readonly string[];

export class CounterFamily implements MetricFamily {
  readonly type = "counter";
  readonly name: string;
  readonly labelNames: readonly string[];
  private readonly counts = new ByLabels(() => ({ value: 0 }));

  constructor(private readonly description: FamilyDescription) {
    this.name = description.name;
    this.labelNames = description.labelNames ?? [];
    if (this.labelNames.length === 0) this.add([], 0);
  }

  add(labels: LabelValues, value = 1): void {
    this.counts.of(labels).value += value;
  }

  text(): string {
    const lines = this.counts.all.map(
      ({ labels, child: { value } }) => `${this.name}${labelsText(this.labelNames, labels)} ${value}`,
    );
    return familyText(this.description, this.type, lines);
  }
}

/** When something happened last; whatever order it is told in, the latest counts. */
export class LatestTimeFamily implements MetricFamily {
  readonly type = "gauge";
  readonly name: string;
  readonly labelNames: readonly string[];
  private readonly times = new ByLabels(() => ({ seconds: 0 }));

  constructor(private readonly description: FamilyDescription) {
    this.name = description.name;
    this.labelNames = description.labelNames ?? [];
  }

  see(labels: LabelValues, at: Date): void {
    const latest = this.times.of(labels);
    latest.seconds = Math.max(latest.seconds, at.getTime() / 1000);
  }

  text(): string {
    const lines = this.times.all.map(
      ({ labels, child: { seconds } }) => `${this.name}${labelsText(this.labelNames, labels)} ${seconds}`,
    );
    return familyText(this.description, this.type, lines);
  }
}

export class HistogramFamily implements MetricFamily {
  readonly type = "histogram";
  readonly name: string;
  readonly labelNames: readonly string[];
  private readonly observed: ByLabels<{ sum: number; readonly counts: number[] }>;

  /** `bounds`: the largest value of each bucket but the last, in ascending order. */
  constructor(
    private readonly description: FamilyDescription,
    private readonly bounds: readonly number[],
  ) {
    this.name = description.name;
    this.labelNames = description.labelNames ?? [];
    this.observed = new ByLabels(() => ({ sum: 0, counts: [...bounds, Infinity].map(() => 0) }));
    if (this.labelNames.length === 0) this.observed.of([]);
  }

  observe(labels: LabelValues, value: number): void {
    const child = this.observed.of(labels);
    const { bounds } = this;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] ?? Infinity)) bucket++;
    child.counts[bucket] = (child.counts[bucket] ?? 0) + 1;
    child.sum += value;
  }

  text(): string {
    const { name, labelNames } = this;
    const lines = this.observed.all.flatMap(({ labels, child: { sum, counts } }) => {
      let upTo = 0;
      const buckets = counts.map((count, index) => {
        const le = String(this.bounds[index] ?? "+Inf");
        return `${name}_bucket${labelsText(["le", ...labelNames], [le, ...labels])} ${(upTo += count)}`;
      });
      const own = labelsText(labelNames, labels);
      return [...buckets, `${name}_sum${own} ${sum}`, `${name}_count${own} ${upTo}`];
    });
    return familyText(this.description, this.type, lines);
  }
}

interface Place<T> {
  child?: T;
  readonly next: Map<string, Place<T>>;
}

/** What belongs to each combination of label values, found by one value after the other. */
class ByLabels<T> {
  readonly all: { readonly labels: LabelValues; readonly child: T }[] = [];
  private readonly root: Place<T> = { next: new Map() };

  constructor(private readonly make: () => T) {}

  of(labels: LabelValues): T {
    let place = this.root;
    for (const label of labels) {
      let next = place.next.get(label);
      if (next === undefined) place.next.set(label, (next = { next: new Map() }));
      place = next;
    }
    if (place.child !== undefined) return place.child;
    const child = this.make();
    place.child = child;
    this.all.push({ labels, child });
    return child;
  }
}

function familyText({ name, help }: FamilyDescription, type: string, lines: readonly string[]): string {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join("\n");
}

function labelsText(names: readonly string[], values: LabelValues): string {
  const pairs = names.map((name, index) => `${name}="${escapedLabel(values[index] ?? "")}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}
