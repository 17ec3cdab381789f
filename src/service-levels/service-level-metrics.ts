import { CounterFamily } from "../platform/report/metric-family";
import { gauge, type Sample } from "../platform/report/gauge";
import { messageOutcomes, type QueueState } from "./key-access/queue-state";
import { metricFamilies, type MetricDescription } from "./metric-families";
import { isValidAt, latestProbes, type Probe } from "./probe";
import { serviceLevels, type ServiceLevelInput } from "./service-levels";
import { budgetWindow, windowNames } from "./targets";

export interface ServiceLevelMetricsInput extends ServiceLevelInput {
  /** Whether the ledger can be read and is as it was written. */
  readonly isLedgerUp: boolean;
}

/** All of them, in Prometheus's text format: for `/metrics`, for a file, and to be pushed. */
export function serviceLevelMetrics(input: ServiceLevelMetricsInput): string {
  const { ledger, keyAccess, queues = [], probes, now, isLedgerUp } = input;
  const levels = serviceLevels(input);
  const perWindow = (
    value: (level: (typeof levels)[number], window: (typeof windowNames)[number]) => number | undefined,
  ) =>
    levels.flatMap((level) =>
      windowNames.flatMap((window) => sample({ sli: level.sli, window }, value(level, window))),
    );
  const waivers = new Map<string, Sample>();
  for (const { rule, owner } of ledger.waiversInForce(now)) {
    const key = JSON.stringify([rule, owner]);
    waivers.set(key, { labels: { rule, owner }, value: (waivers.get(key)?.value ?? 0) + 1 });
  }
  const gauges: readonly (readonly [MetricDescription, readonly Sample[]])[] = [
    ...probeSamples(probes, now),
    [
      metricFamilies.openRenewals,
      [
        { labels: { state: "under_way" }, value: ledger.openRenewals.underWay(now).length },
        { labels: { state: "unended" }, value: ledger.openRenewals.unended(now).length },
      ],
    ],
    [metricFamilies.waivers, [...waivers.values()]],
    [
      metricFamilies.keyAccessQueueRead,
      queues.map(({ queue, readAt }) => ({ labels: { queue }, value: readAt === undefined ? 0 : seconds(readAt) })),
    ],
    [metricFamilies.ledgerUp, [{ value: Number(isLedgerUp) }]],
    [metricFamilies.ledgerHeadSequence, [{ value: ledger.headSequence }]],
    [metricFamilies.sliRatio, perWindow(({ windows }, window) => windows?.[window].ratio)],
    [metricFamilies.sloTarget, levels.map(({ sli, target }) => ({ labels: { sli }, value: target }))],
    [
      metricFamilies.burnRate,
      perWindow(({ windows }, window) => (window === budgetWindow ? undefined : windows?.[window].burnRate)),
    ],
    [
      metricFamilies.errorBudgetRemaining,
      levels.flatMap(({ sli, budgetRemaining }) => sample({ sli }, budgetRemaining)),
    ],
  ];
  const counted = [...ledger.families(), ...(keyAccess?.families() ?? []), messagesOf(queues)].map(
    (family) => `${family.text()}\n`,
  );
  return [...counted, ...gauges.map(([{ name, help }, samples]) => gauge(name, help, samples))].join("");
}

/** The latest look at an endpoint or a certificate counts, from whatever source. */
function probeSamples(all: readonly Probe[], now: Date): (readonly [MetricDescription, readonly Sample[]])[] {
  const probes = latestProbes(all);
  const certificates = new Map(probes.flatMap((probe) => probe.certificates).map((each) => [each.certificate, each]));
  const endpoints = new Map(probes.flatMap((probe) => probe.endpoints).map((each) => [each.endpoint, each]));
  return [
    [
      metricFamilies.certificateNotAfter,
      [...certificates.values()].map(({ certificate, names, region, owner, tier, issuer, notAfter }) => ({
        labels: { certificate, names: names.join(","), region, owner, tier, issuer },
        value: seconds(notAfter),
      })),
    ],
    [
      metricFamilies.certificateNotBefore,
      [...certificates.values()].flatMap(({ certificate, notBefore }) =>
        sample({ certificate }, notBefore && seconds(notBefore)),
      ),
    ],
    [
      metricFamilies.endpointValid,
      [...endpoints.values()].map((each) => ({
        labels: { endpoint: each.endpoint, owner: each.owner, tier: each.tier },
        value: Number(isValidAt(each, now)),
      })),
    ],
    [
      metricFamilies.probeTimestamp,
      // of several scans the oldest: what it alone tells of is as old as that
      [...new Map([...probes].reverse().map(({ source, at }) => [source, at]))].map(([source, at]) => ({
        ...{ labels: { source }, value: seconds(at) },
      })),
    ],
  ];
}

function messagesOf(queues: readonly QueueState[]): CounterFamily {
  const family = new CounterFamily(metricFamilies.keyAccessQueueMessages);
  for (const { queue, messages } of queues)
    for (const outcome of messageOutcomes) family.add([queue, outcome], messages[outcome]);
  return family;
}

function seconds(date: Date): number {
  return date.getTime() / 1000;
}

function sample(labels: Readonly<Record<string, string>>, value: number | undefined): Sample[] {
  return value === undefined ? [] : [{ labels, value }];
}
