import type { Alert } from "./alert";
import { burnsFast, burnsSlowly, rise } from "./expressions";
import { failuresOfHour, renewalsOfHour, renewalsOfEightHours } from "./recording-rules";
import { hour, minute } from "./rule-times";

const failures = failuresOfHour.name;
const hourly = renewalsOfHour.name;
const eightHours = renewalsOfEightHours.name;

/** So many must have failed before a share of them means anything (SRE workbook, "Alerting on SLOs", low traffic). */
const enough = 10;

/** Renewals, and what they need: a CA, DNS, a proxy, secrets, listeners. */
export const renewalAlerts: readonly Alert[] = [
  {
    name: "RenewalFailing",
    severity: "ticket",
    cause: "renewal",
    when: "of an issuer's renewals more failed than succeeded in eight hours",
    expression: () => {
      const failed = `sum by (issuer) (${eightHours}{outcome=~"failed|unknown"})`;
      const done = `${eightHours}{outcome="done"}`;
      return `${failed} > 0\nunless ${failed} <= on (issuer) sum by (issuer) (${done})`;
    },
    summary: "Renewals{{ with $labels.issuer }} from {{ . }}{{ end }} fail",
    description:
      "About {{ $value | humanize }} failed in eight hours, and fewer succeeded. They are tried again by themselves.",
    runbook: "renewal-failing",
  },
  {
    name: "RenewalErrorBudgetBurn",
    severity: "page",
    cause: "renewal",
    when: `so many renewals fail that the error budget of 30 days is gone in five days (6 h and 30 min) or in two (1 h and 5 min), at least ${enough} failed in eight hours, and more than succeeded in the last hour`,
    expression: () => `(\n${burnsFast("renewal")}\n)
and on () sum(${eightHours}{outcome=~"failed|unknown"}) >= ${enough}
and on () sum(${hourly}{outcome=~"failed|unknown"}) > (sum(${hourly}{outcome="done"}) or vector(0))`,
    summary: "Too many renewals fail",
    description: "The budget for failed renewals is spent {{ $value | humanize }} times too fast.",
    runbook: "renewal-failing",
  },
  {
    name: "RenewalErrorBudgetBurnSlow",
    severity: "ticket",
    cause: "renewal",
    when: "the error budget of 30 days will not last, by three days and by six hours",
    expression: () => burnsSlowly("renewal"),
    summary: "Failed renewals use up the error budget",
    description: "The budget is spent {{ $value | humanize }} times too fast for three days.",
    runbook: "renewal-failing",
  },
  {
    name: "PartialDeployment",
    severity: "page",
    cause: "deployment",
    when: "a certificate reached some of its listeners and not others, within the last hour",
    expression: (times) => `max(\n${rise("deployments", hour, times, '{outcome="partial"}')}\n) > 0`,
    summary: "A certificate is on some of its listeners only",
    description: "Clients get the new certificate in some places and the former in others, or nobody can tell.",
    runbook: "partial-deployment",
  },
  {
    name: "CaOutage",
    severity: "page",
    cause: "ca",
    when: "the CA failed at least twice within an hour, and no renewal from that issuer succeeded; until one does, or for eight hours after the last try",
    expression: () => `sum by (issuer) (${hourly}{outcome=~"failed|unknown"}) > 0
unless on (issuer) ${hourly}{outcome="done"} > 0
and on () sum(${failures}{cause="ca"}) >= 2
or sum by (issuer) (${eightHours}{outcome=~"failed|unknown"}) > 0
and on (issuer) ALERTS{alertname="CaOutage", alertstate="firing"}
unless on (issuer) ${hourly}{outcome="done"} > 0`,
    summary: "The CA{{ with $labels.issuer }} {{ . }}{{ end }} does not issue",
    description:
      "About {{ $value | humanize }} renewals failed and none succeeded. Certificates in use stay good for now.",
    runbook: "ca-outage",
  },
  {
    name: "CaRateLimited",
    severity: "ticket",
    cause: "ca_rate_limit",
    when: "the CA refused for a rate limit within the last hour",
    expression: () => `sum by (cause) (${failures}{cause="ca_rate_limit"}) > 0`,
    summary: "The CA refuses: rate limit",
    description: "Orders wait until the limit has room. More tries make it worse.",
    runbook: "ca-rate-limit",
  },
  {
    name: "DnsChallengeFailing",
    severity: "ticket",
    cause: "dns",
    when: "an issuance failed at a DNS challenge within the last hour",
    expression: () => `sum by (code) (${failures}{cause="dns"}) > 0`,
    summary: "DNS challenges fail: {{ $labels.code }}",
    description: "The CA does not see the TXT record that proves a name, or it cannot be written.",
    runbook: "dns-challenge-failure",
  },
  {
    name: "ZoneLocked",
    severity: "ticket",
    cause: "dns",
    when: "a write failed for a locked zone within the last hour, or akamai-dns-proxy had to try again more than ten times in 15 minutes",
    expression: (times) => `sum(${failures}{code="edge_dns_busy"}) > 0
or sum(increase(adp_upstream_retries_total{reason="edge_dns_busy"}[${times.range(15 * minute)}])) > 10`,
    summary: "A DNS zone is locked",
    description: "Somebody else changes the zone at Akamai, or a change of theirs is stuck.",
    runbook: "zone-lock",
  },
  {
    name: "ProxyDown",
    severity: "page",
    cause: "proxy",
    when: "no akamai-dns-proxy answers, or a check fails in all of them, for two minutes",
    expression: () => `max by (check) (adp_check_up) == 0\nor max by (job) (up{job="akamai-dns-proxy"}) == 0`,
    pendingSeconds: 2 * minute,
    summary: "akamai-dns-proxy is down{{ with $labels.check }}: {{ . }}{{ end }}",
    description: "No DNS challenge can be answered through it. Certificates in use stay good for now.",
    runbook: "proxy-down",
  },
  {
    name: "SecretsAccessDenied",
    severity: "page",
    cause: "secrets",
    when: "a secret or key could not be read for want of a right within the last hour",
    expression: () => `sum by (code) (${failures}{cause="secrets"}) > 0`,
    summary: "A secret cannot be read: {{ $labels.code }}",
    description: "A role or policy was changed, or a secret moved. Nothing is renewed where it is needed.",
    runbook: "secrets-access-denied",
  },
];
