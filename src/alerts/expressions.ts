/** Pieces of PromQL that several rules are made of. */
import { metricFamilies, type SliName } from "../service-levels/metric-families";
import { day, type RuleTimes } from "./rule-times";

/** 1 in every scrape that tells what the ledger has. */
const ledgerUp = metricFamilies.ledgerUp.name;

/** A counter from the ledger, and the gauge that tells when it rose last. */
const timed = {
  renewals: { counter: metricFamilies.renewals, latest: metricFamilies.renewalTimestamp },
  deployments: { counter: metricFamilies.deployments, latest: metricFamilies.deploymentTimestamp },
  failures: { counter: metricFamilies.failures, latest: metricFamilies.failureTimestamp },
  keyAccessAnomalies: {
    counter: metricFamilies.keyAccessAnomalies,
    latest: metricFamilies.keyAccessAnomalyTimestamp,
  },
} as const;

/**
 * How much a counter from the ledger rose in a window. A series that is new counts from 0, since `increase` sees no rise
 * up to its first sample. It is new where its source was read more often than it was there. What a ledger had when it was
 * scraped for the first time, or again after longer than the window, is not; if some of that happened within the window,
 * it counts as one. `matchers`: in braces, of labels.
 */
export function rise(what: keyof typeof timed, windowSeconds: number, times: RuleTimes, matchers = ""): string {
  const counter = timed[what].counter.name + matchers;
  const latest = timed[what].latest.name + matchers;
  const window = `[${times.range(windowSeconds)}]`;
  return `${counter} and count_over_time(${counter}${window}) < on (job, instance) group_left () sum_over_time(${ledgerUp}${window})
or increase(${counter}${window}) > 0
or (time() - ${latest} < bool ${times.seconds(windowSeconds)}) > 0`;
}

/** Fast enough to spend 2 % of 30 days' budget in an hour, or 5 % in six (SRE workbook, "Alerting on SLOs", 6). */
export function burnsFast(sli: SliName): string {
  return `${burns(sli, "1h", "5m", 14.4)}\nor\n${burns(sli, "6h", "30m", 6)}`;
}

/** 10 % of it in three days (ibid.). */
export function burnsSlowly(sli: SliName): string {
  return burns(sli, "3d", "6h", 1);
}

/** Over a long window, which says that it is serious, and a short one: it goes on. */
function burns(sli: SliName, long: string, short: string, rate: number): string {
  const over = (window: string) =>
    `max by (sli) (${metricFamilies.burnRate.name}{sli="${sli}", window="${window}"}) > ${rate}`;
  return `${over(long)}\nand ${over(short)}`;
}

/** Seconds since the latest time that a gauge of times told, also where nobody has told it for up to a week. */
export function age(gauge: string, times: RuleTimes, by: string): string {
  return `time() - max by (${by}) (max_over_time(${gauge}[${times.range(7 * day)}]))`;
}
