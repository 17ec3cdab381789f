/** Pieces of PromQL that several rules are made of. */
import { metricFamilies, type SliName } from "../service-levels/metric-families";
import { day, type RuleTimes } from "./rule-times";

/** 1 in every scrape that tells what the ledger has. */
const ledgerUp = metricFamilies.ledgerUp.name;

/**
 * How much a counter from the ledger rose in a window. A series that is new counts from 0, since `increase` sees no rise
 * up to its first sample. It is new where its source was read more often than it was there: what a ledger had before
 * anybody scraped it is not.
 */
export function rise(selector: string, windowSeconds: number, times: RuleTimes): string {
  const window = `[${times.range(windowSeconds)}]`;
  return `${selector} and count_over_time(${selector}${window}) < on (job, instance) group_left () sum_over_time(${ledgerUp}${window})
or increase(${selector}${window}) > 0`;
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
export function age(gauge: string, times: RuleTimes, by?: string): string {
  return `time() - max${by === undefined ? "" : ` by (${by}) `}(max_over_time(${gauge}[${times.range(7 * day)}]))`;
}
