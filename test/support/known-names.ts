/** What PromQL of ours may name: our metrics with their labels, what Prometheus adds, and what our rules record. */
import { recordingRules } from "../../src/alerts/recording-rules";
import { RuleTimes } from "../../src/alerts/rule-times";
import { metricFamilies } from "../../src/service-levels/metric-families";
import { daemonText, driftText, metricsIn, metricsOfProxy, scanText } from "./every-metric";
import { promqlNames } from "./promql-names";

/** Metrics, each with its labels. */
export type KnownNames = ReadonlyMap<string, ReadonlySet<string>>;

/** https://prometheus.io/docs/concepts/jobs_instances/ */
const ofEveryTarget = ["job", "instance"];

export async function knownNames(): Promise<KnownNames> {
  const known = new Map<string, ReadonlySet<string>>([
    ["up", new Set(ofEveryTarget)],
    ["ALERTS", new Set(["alertname", "alertstate", "severity", "cause", "issuer"])],
  ]);
  const programs = [
    ...metricsIn(driftText()),
    ...metricsIn(daemonText()),
    ...metricsIn(scanText()),
    ...(await metricsOfProxy()),
  ];
  for (const { name, type, labelNames } of [...Object.values(metricFamilies), ...programs]) {
    const labels = new Set([...labelNames, ...ofEveryTarget]);
    if (type !== "histogram") known.set(name, labels);
    else
      for (const [suffix, more] of [
        ["_bucket", ["le"]],
        ["_sum", []],
        ["_count", []],
      ] as const)
        known.set(name + suffix, new Set([...labels, ...more]));
  }
  for (const { name, expression } of recordingRules) {
    const { metrics, labels } = promqlNames(expression(new RuleTimes()));
    const sources = metrics.flatMap((metric) => [...(known.get(metric) ?? [])]);
    known.set(name, new Set([...sources, ...labels]));
  }
  return known;
}

/** What an expression names that is not there; empty if all is well. */
export function unknownNames(expression: string, known: KnownNames): string[] {
  const { metrics, labels } = promqlNames(expression);
  const allowed = new Set(metrics.flatMap((metric) => [...(known.get(metric) ?? [])]));
  return [
    ...metrics.filter((metric) => !known.has(metric)),
    ...labels.filter((label) => !allowed.has(label)).map((label) => `label ${label}`),
  ];
}
