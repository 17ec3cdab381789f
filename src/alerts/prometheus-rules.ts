import { stringify } from "yaml";
import type { Alert, RecordingRule } from "./alert";
import { allAlerts } from "./all-alerts";
import { recordingRules } from "./recording-rules";
import { RuleTimes } from "./rule-times";

export interface PrometheusRulesOptions {
  /** What spans of time are divided by, where nobody can wait for an hour: a drill, a test. @default 1 */
  readonly timeScale?: number;
  /** Where the pages of docs/runbooks are; no final slash. @default "docs/runbooks" */
  readonly runbooks?: string;
}

/** A rule file for Prometheus: one group, since alerts look at what the rules before them have recorded. */
export function prometheusRules({ timeScale, runbooks = "docs/runbooks" }: PrometheusRulesOptions = {}): string {
  const times = new RuleTimes(timeScale);
  const rules = [
    ...recordingRules.map((rule) => toRecord(rule, times)),
    ...allAlerts.map((alert) => toRule(alert, times, runbooks)),
  ];
  return stringify({ groups: [{ name: "unexpired", rules }] }, { lineWidth: 0 });
}

function toRecord({ name, expression }: RecordingRule, times: RuleTimes): object {
  return { record: name, expr: expression(times) };
}

function toRule(alert: Alert, times: RuleTimes, runbooks: string): object {
  const { name, severity, cause, pendingSeconds, summary, description, runbook } = alert;
  return {
    alert: name,
    expr: alert.expression(times),
    ...(pendingSeconds !== undefined && { for: times.range(pendingSeconds) }),
    labels: { severity, cause },
    annotations: { summary, description, runbook_url: `${runbooks}/${runbook}.md` },
  };
}
