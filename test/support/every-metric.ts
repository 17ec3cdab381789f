/** Every metric of every program: what it is called, and the text that Prometheus reads. */
import { toMetrics as driftMetrics } from "../../src/drift/report/metrics";
import { toRunDocument } from "../../src/drift/report/run-document";
import { daemonMetrics } from "../../src/drift/serve/daemon-metrics";
import { toMetrics as scanMetrics } from "../../src/manage-certs/report/metrics";
import { systemClock } from "../../src/platform/clock";
import { silentLogger } from "../../src/platform/log";
import { ProxyMetrics } from "../../src/proxy/metrics/proxy-metrics";
import { watchProxy } from "../../src/proxy/metrics/watch-proxy";
import { Policy } from "../../src/proxy/policy/policy";
import { Readiness } from "../../src/proxy/readiness/readiness";
import type { MetricDescription } from "../../src/service-levels/metric-families";
import { manyOutcomes } from "./drift/many-outcomes";
import { fullView } from "./drift/status-views";
import { bigEstate } from "./scanned-estate";

export type KnownMetric = Pick<MetricDescription, "name" | "type" | "labelNames">;

export const driftText = (): string => driftMetrics(toRunDocument(manyOutcomes));

/** Of the daemon, beside those of a run. */
export const daemonText = (): string => daemonMetrics(fullView);

export const scanText = (): string => scanMetrics(bigEstate, []);

/** With all that shows only at times. */
export function proxyWithEveryMetric(): ProxyMetrics {
  const metrics = new ProxyMetrics();
  metrics.upstreamAllows(10);
  const client = { name: "a", tokens: [], expires: new Date("2027-01-01"), requestsPerMinute: 1, oidc: [] };
  watchProxy(metrics, {
    inWork: () => 0,
    waiting: () => 0,
    replayKeys: () => 0,
    policyFile: __filename,
    policy: () => new Policy([client], []),
    loadedAt: () => new Date(),
    auditSequence: () => 1,
    usesStandby: () => false,
    janitorValues: () => 0,
    readiness: new Readiness({ checks: {}, logger: silentLogger, clock: systemClock }),
  });
  return metrics;
}

/** Its own, without those of the library. */
export async function metricsOfProxy(): Promise<KnownMetric[]> {
  const { registry, families } = proxyWithEveryMetric();
  const registered = (await registry.getMetricsAsJSON())
    .filter(({ name }) => name.startsWith("adp_"))
    .map(({ name, type }): KnownMetric => {
      const { labelNames = [] } = registry.getSingleMetric(name) as { labelNames?: string[] };
      return { name, type: String(type) as KnownMetric["type"], labelNames };
    });
  return [...families, ...registered];
}

/** What a text has samples of. */
export function metricsIn(text: string): KnownMetric[] {
  return [...text.matchAll(/^# TYPE (\w+) (\w+)\n(.*)/gm)].map(([, name = "", type, sample = ""]) => ({
    name,
    type: type as KnownMetric["type"],
    labelNames: [...sample.matchAll(/(\w+)="/g)].map(([, label = ""]) => label),
  }));
}
