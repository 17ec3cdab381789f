import { metricFamilies } from "../service-levels/metric-families";
import type { Alert } from "./alert";
import { age, rise } from "./expressions";
import { failuresOfHour } from "./recording-rules";
import { hour, minute } from "./rule-times";

const failures = failuresOfHour.name;
const { burnRate, keyAccessQueueMessages, keyAccessQueueRead, ledgerUp, probeTimestamp } = metricFamilies;

/** A day's run, with time to take. */
const late = 26 * hour;

/** Keys, and the programs that look after certificates. */
export const operationAlerts: readonly Alert[] = [
  {
    name: "KeyAccessAnomaly",
    severity: "page",
    cause: "key",
    when: "a key or secret was used in a way that nobody expects, by CloudTrail's events of the last hour",
    expression: (times) => `max by (kind) (\n${rise("keyAccessAnomalies", hour, times)}\n) > 0`,
    summary: "A key or secret was used unexpectedly: {{ $labels.kind }}",
    description: "Find out who it was. If nobody can say, treat the key as compromised.",
    runbook: "key-access-anomaly",
  },
  {
    name: "KeyEventsNotRead",
    severity: "ticket",
    cause: "key",
    when: "the queue of CloudTrail's events was not read within the last hour, or had messages in it that are no events",
    expression: (times) => `${age(keyAccessQueueRead.name, times, "queue")} > ${times.seconds(hour)}
or sum by (queue) (increase(${keyAccessQueueMessages.name}{outcome="unreadable"}[${times.range(hour)}])) > 0`,
    summary: "Uses of keys and secrets are not all looked at",
    description:
      "An anomaly would not be told. What {{ $labels.queue }} holds is dropped after some days, four by default.",
    runbook: "key-events-not-read",
  },
  {
    name: "KeyCompromiseNotReplaced",
    severity: "page",
    cause: "key",
    when: "a certificate whose key is compromised was not replaced within an hour",
    expression: () => `max by (sli) (${burnRate.name}{sli="replacement", window="5m"}) > 0`,
    summary: "A compromised certificate is not replaced after an hour",
    description: "Whoever has the key can pose as the service until the replacement is in all places.",
    runbook: "key-compromise",
  },
  {
    name: "DriftCheckMissing",
    severity: "page",
    cause: "drift",
    when: "drift-check ran, and not within the last 26 hours; of each `job` of Prometheus",
    expression: (times) => `${age("drift_check_run_timestamp_seconds", times, "job")} > ${times.seconds(late)}`,
    summary: "drift-check ({{ $labels.job }}) has not run for {{ $value | humanizeDuration }}",
    description: "Nothing renews certificates that Terraform owns, and nobody would hear of it.",
    runbook: "drift-check-missing",
  },
  {
    name: "EstateNotLookedAt",
    severity: "ticket",
    cause: "drift",
    when: "the latest look at endpoints and certificates, of scans or of drift-check, is older than 26 hours",
    expression: (times) => `${age(probeTimestamp.name, times, "source")} > ${times.seconds(late)}`,
    summary: "The latest look of {{ $labels.source }} at the endpoints is {{ $value | humanizeDuration }} old",
    description: "What these alerts know of endpoints and certificates that nobody else looks at is as old.",
    runbook: "drift-check-missing",
  },
  {
    name: "MetricsMissing",
    severity: "page",
    cause: "drift",
    when: "for 15 minutes, nothing has told what is in the ledger",
    expression: () => `absent(${ledgerUp.name})`,
    pendingSeconds: 15 * minute,
    summary: "There are no metrics of certificates",
    description:
      "Without them hardly any other alert can fire. Look at the scrape, and at what serves or writes the metrics.",
    runbook: "drift-check-missing",
  },
  {
    name: "DriftCheckFailing",
    severity: "ticket",
    cause: "drift",
    when: "a stack's last run failed, half an hour ago or earlier",
    expression: () => "max by (stack) (drift_check_stack_exit_code) == 1",
    pendingSeconds: 30 * minute,
    summary: "drift-check fails on {{ $labels.stack }}",
    description: "Its certificates are not renewed until a run succeeds.",
    runbook: "drift-check-failing",
  },
  {
    name: "SelfTestFailing",
    severity: "ticket",
    cause: "drift",
    when: "the daemon's last self-test did not see what was planted",
    expression: () => "min by (instance) (drift_check_self_test_up) == 0",
    summary: "drift-check does not see what it should",
    description: "A certificate that was made to be late was not found: nobody knows what else is not.",
    runbook: "drift-check-failing",
  },
  {
    name: "DriftNeedsApproval",
    severity: "ticket",
    cause: "drift",
    when: "a stack's plan needs approval (exit code 3) or is forbidden (4)",
    expression: () => "max by (stack) (drift_check_stack_exit_code) >= 3",
    summary: "{{ $labels.stack }} waits for a decision",
    description:
      "{{ if eq $value 4.0 }}Its plan is forbidden.{{ else }}Its plan waits for an approval.{{ end }} Nothing is renewed there until then.",
    runbook: "drift-needs-approval",
  },
  {
    name: "StateLockLost",
    severity: "ticket",
    cause: "drift",
    when: "a run found the state locked by somebody else within the last hour",
    expression: () => `sum by (code) (${failures}{code="locked"}) > 0`,
    summary: "A terraform state is locked",
    description: "Somebody is at work, or a run that was killed has left its lock.",
    runbook: "lost-state-lock",
  },
  {
    name: "LedgerUnavailable",
    severity: "ticket",
    cause: "ledger",
    when: "the ledger cannot be read or is not as it was written, for five minutes; or something could not be put on record",
    expression: (times) => `min by (job) (${ledgerUp.name}) == 0
or sum by (job) (increase(adp_audit_failures_total[${times.range(15 * minute)}])) > 0`,
    pendingSeconds: 5 * minute,
    summary: "The ledger is not available",
    description:
      "What is done is not on record, or what is on record was changed. akamai-dns-proxy does nothing that it cannot record.",
    runbook: "ledger-unavailable",
  },
];
