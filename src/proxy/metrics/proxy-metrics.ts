/**
 * What the proxy counts, in Prometheus' words (https://prometheus.io/docs/practices/naming/). Labels have few values:
 * clients come from the policy; zones, names and values are never among them. The table of all of them is in
 * docs/reference/akamai-dns-proxy.md.
 */
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { CounterFamily, HistogramFamily, type MetricFamily } from "../../platform/report/metric-family";

/** One request as it was answered. */
export interface AnsweredRequest {
  /** As in the audit trail; `none` if it was not understood or nobody was known to have sent it. */
  readonly operation: string;
  /** Empty if nobody was known to have sent it. */
  readonly client: string;
  readonly status: number;
  readonly seconds: number;
}

export interface UpstreamRequest {
  readonly method: string;
  /** The status, or `network`, `timeout`, `aborted`. */
  readonly result: string;
  readonly seconds: number;
}

type LabelledNumbers = Iterable<readonly [label: string, value: number]>;

/** From what a read through a near upstream takes to the deadline of writes. */
const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

const statusClasses = ["none", "1xx", "2xx", "3xx", "4xx", "5xx"];

/** Of prom-client's own; gauges whose names end like those of counters. */
const misnamed = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];

export class ProxyMetrics {
  /** What is looked at when it is asked for. */
  readonly registry = new Registry();
  /** What is counted as it happens. */
  readonly families: MetricFamily[] = [];
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  private readonly requests = this.counter("adp_requests_total", "Requests answered.", [
    "operation",
    "client",
    "status_class",
  ]);
  private readonly durations = this.histogram(
    "adp_request_duration_seconds",
    "From a request's last octet to its answer.",
    ["operation"],
  );
  private readonly refusals = this.counter(
    "adp_authentication_refusals_total",
    "Requests that were not let in, by reason.",
    ["reason"],
  );
  private readonly decisions = this.counter("adp_decisions_total", "Decisions on requests that were let in.", [
    "verdict",
    "reason",
  ]);
  private readonly writes = this.counter("adp_writes_total", "Changes of record sets, by what came of them.", [
    "outcome",
  ]);
  private readonly retries = this.counter("adp_upstream_retries_total", "Further tries upstream, by what failed.", [
    "reason",
  ]);
  private readonly waits = this.histogram(
    "adp_zone_queue_wait_seconds",
    "How long writes waited for their turn in a zone, also those whose turn never came.",
    [],
  );
  private readonly upstreamRequests = this.counter("adp_upstream_requests_total", "Requests sent to Edge DNS.", [
    "method",
    "result",
  ]);
  private readonly upstreamDurations = this.histogram(
    "adp_upstream_request_duration_seconds",
    "How long Edge DNS took to answer or to fail.",
    ["method"],
  );
  private readonly auditEntries = this.counter("adp_audit_entries_total", "Entries put on the audit trail.", ["event"]);
  private readonly auditFailures = this.counter("adp_audit_failures_total", "Entries that could not be written.", []);
  private readonly reloads = this.counter("adp_policy_reloads_total", "Reloads of the policy.", ["result"]);
  private readonly janitorValues = this.counter(
    "adp_janitor_values_total",
    "Challenge values that outlived their time, by what the janitor found or did.",
    ["result"],
  );
  private readonly rateLimitRemaining: Gauge;
  private isRateLimitKnown = false;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    for (const name of misnamed) this.registry.removeSingleMetric(name);
    this.rateLimitRemaining = new Gauge({
      name: "adp_upstream_rate_limit_remaining",
      help: "Requests left in Akamai's rate limit, as its last answer that told had it.",
      registers: [],
    });
    for (const result of ["done", "failed", "unknown"]) this.writes.add([result], 0);
  }

  answered({ operation, client, status, seconds }: AnsweredRequest): void {
    this.requests.add([operation, client, statusClasses[Math.floor(status / 100)] ?? "none"]);
    this.durations.observe([operation], seconds);
  }

  refused(reason: string): void {
    this.refusals.add([reason]);
  }

  decided(verdict: "allow" | "deny", reason: string): void {
    this.decisions.add([verdict, reason]);
  }

  wrote(outcome: "done" | "failed" | "unknown"): void {
    this.writes.add([outcome]);
  }

  triedAgain(reason: string): void {
    this.retries.add([reason]);
  }

  waited(seconds: number): void {
    this.waits.observe([], seconds);
  }

  upstreamAnswered({ method, result, seconds }: UpstreamRequest): void {
    this.upstreamRequests.add([method, result]);
    this.upstreamDurations.observe([method], seconds);
  }

  /** Shows only once Akamai has told. */
  upstreamAllows(remaining: number): void {
    if (!this.isRateLimitKnown) this.registry.registerMetric(this.rateLimitRemaining);
    this.isRateLimitKnown = true;
    this.rateLimitRemaining.set(remaining);
  }

  audited(event: string): void {
    this.auditEntries.add([event]);
  }

  auditFailed(): void {
    this.auditFailures.add([]);
  }

  reloaded(result: "done" | "refused"): void {
    this.reloads.add([result]);
  }

  cleaned(result: "removed" | "gone" | "failed", values: number): void {
    this.janitorValues.add([result], values);
  }

  /** A number that is asked for at each scrape; undefined leaves it out. */
  watch(name: string, help: string, read: () => number | undefined): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [this.registry],
      collect: () => {
        const value = read();
        if (value === undefined) gauge.remove();
        else gauge.set(value);
      },
    });
  }

  /** Like `watch`, with one number per value of a label. */
  watchEach(name: string, help: string, label: string, read: () => LabelledNumbers | Promise<LabelledNumbers>): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      collect: async () => {
        const numbers = await read();
        gauge.reset();
        for (const [key, value] of numbers) gauge.set({ [label]: key }, value);
      },
    });
  }

  /** The text that Prometheus reads. */
  async render(): Promise<string> {
    const counted = this.families.map((family) => family.text());
    return [...counted, await this.registry.metrics()].join("\n\n");
  }

  private counter(name: string, help: string, labelNames: readonly string[]): CounterFamily {
    const family = new CounterFamily({ name, help, labelNames });
    this.families.push(family);
    return family;
  }

  private histogram(name: string, help: string, labelNames: readonly string[]): HistogramFamily {
    const family = new HistogramFamily({ name, help, labelNames }, latencyBuckets);
    this.families.push(family);
    return family;
  }
}
