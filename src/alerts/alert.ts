/**
 * Alerts as data: what Prometheus is to look for, how urgent it is, and which page helps. `allAlerts` has them all,
 * `prometheusRules` makes a rule file of them, docs/reference/alerts.md a table.
 */
import type { RuleTimes } from "./rule-times";

/** `page` wakes somebody up; `ticket` waits for the morning. Alertmanager makes a ticket of what has a lower tier. */
export type Severity = "page" | "ticket";

/** What stands behind an alert. Alerts with one cause are one notification. */
export const alertCauses = [
  "expiry",
  "renewal",
  "deployment",
  "ca",
  "ca_rate_limit",
  "dns",
  "proxy",
  "secrets",
  "key",
  "drift",
  "ledger",
] as const;
export type AlertCause = (typeof alertCauses)[number];

export interface Alert {
  /** CamelCase, as Prometheus's own. Part of the public contract: silences and routes of users name it. */
  readonly name: string;
  readonly severity: Severity;
  readonly cause: AlertCause;
  /** When it fires, for docs/reference/alerts.md: lower case, without a final stop. */
  readonly when: string;
  /** PromQL; it fires for every series of the result. */
  readonly expression: (times: RuleTimes) => string;
  /** How long the expression must hold, in seconds. @default 0 */
  readonly pendingSeconds?: number;
  /** One line for a telephone at night. May use Prometheus's templates, as `description`. */
  readonly summary: string;
  /** What it means and what to look at first. */
  readonly description: string;
  /** Page in docs/runbooks, without its ending. */
  readonly runbook: string;
}

/** A series that Prometheus computes, for expressions that are used more than once. */
export interface RecordingRule {
  /** `level:metric:operations` (https://prometheus.io/docs/practices/rules/). */
  readonly name: string;
  readonly expression: (times: RuleTimes) => string;
}
