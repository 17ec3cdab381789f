import { failuresOfHour } from "../alerts/recording-rules";
import { metricFamilies } from "../service-levels/metric-families";
import type { Dashboard } from "./dashboard";

const { issuances, issuanceSeconds, keyAccessAnomalies, keyAccesses, ledgerHeadSequence, ledgerUp } = metricFamilies;
const failures = failuresOfHour.name;
const quantile = (of: number, histogram: string, by: string) =>
  `histogram_quantile(${of}, sum by (le, ${by}) (rate(${histogram}_bucket[$__rate_interval])))`;
const issuance = (of: number) =>
  `histogram_quantile(${of}, sum by (le, issuer, part) (increase(${issuanceSeconds.name}_bucket[6h])))`;

const orders = (selector: string) => `sum by (issuer) (increase(${issuances.name}${selector}[6h]))`;

/** Where does the time go, and who says no? */
export const debug: Dashboard = {
  uid: "debug",
  title: "Certificates: debug",
  description:
    "Issuance by CA, challenges, DNS, akamai-dns-proxy, key accesses and the ledger, for those who look for a cause.",
  from: "24h",
  refresh: "1m",
  rows: [
    {
      height: 8,
      panels: [
        {
          title: "Issuance: half are faster than",
          description:
            "By CA, over six hours: waiting for name servers and the CA, and working. Ours alone: ACM tells no times.",
          kind: "timeseries",
          width: 8,
          unit: "s",
          queries: [{ expression: issuance(0.5), legend: "{{issuer}} {{part}}" }],
        },
        {
          title: "Issuance: one in twenty is slower than",
          description: "By CA, over six hours.",
          kind: "timeseries",
          width: 8,
          unit: "s",
          queries: [{ expression: issuance(0.95), legend: "{{issuer}} {{part}}" }],
        },
        {
          title: "Errors of CAs in an hour",
          description: "By code; docs/reference/errors.md says what each means.",
          kind: "timeseries",
          width: 8,
          queries: [
            {
              expression: `sum by (cause, code) (${failures}{cause=~"ca|ca_rate_limit"})`,
              legend: "{{cause}} {{code}}",
            },
          ],
          runbook: "ca-outage",
        },
      ],
    },
    {
      height: 8,
      panels: [
        {
          title: "Orders that a CA failed",
          description: "Of all orders at this CA within six hours: its own errors and its limits.",
          kind: "timeseries",
          width: 12,
          unit: "percentunit",
          queries: [{ expression: `${orders('{cause=~"ca|ca_rate_limit"}')} / ${orders("")}`, legend: "{{issuer}}" }],
          runbook: "ca-outage",
        },
        {
          title: "Orders by CA and what came of them",
          description: "Within six hours; of those that failed, what stands behind it.",
          kind: "timeseries",
          width: 12,
          queries: [
            {
              expression: `sum by (issuer, outcome, cause) (increase(${issuances.name}[6h]))`,
              legend: "{{issuer}} {{outcome}} {{cause}}",
            },
          ],
        },
      ],
    },
    {
      height: 8,
      panels: [
        {
          title: "Challenges and DNS: failures in an hour",
          description: "Names that could not be proved, name servers that lag behind, zones that are locked.",
          kind: "timeseries",
          width: 8,
          queries: [
            { expression: `sum by (cause, code) (${failures}{cause=~"dns|proxy"})`, legend: "{{cause}} {{code}}" },
          ],
          runbook: "dns-challenge-failure",
        },
        {
          title: "Edge DNS: requests by result",
          description: "What akamai-dns-proxy sent, by status; network and timeout are no answer.",
          kind: "timeseries",
          width: 8,
          unit: "reqps",
          queries: [
            {
              expression: "sum by (result) (rate(adp_upstream_requests_total[$__rate_interval]))",
              legend: "{{result}}",
            },
          ],
          runbook: "zone-lock",
        },
        {
          title: "Edge DNS: one in twenty takes longer than",
          description: "Requests of akamai-dns-proxy, by method.",
          kind: "timeseries",
          width: 8,
          unit: "s",
          queries: [
            { expression: quantile(0.95, "adp_upstream_request_duration_seconds", "method"), legend: "{{method}}" },
          ],
        },
      ],
    },
    {
      height: 8,
      panels: [
        {
          title: "Proxy: decisions",
          description: "allow and deny, with the reason.",
          kind: "timeseries",
          width: 8,
          unit: "reqps",
          queries: [
            {
              expression: "sum by (verdict, reason) (rate(adp_decisions_total[$__rate_interval]))",
              legend: "{{verdict}} {{reason}}",
            },
            {
              expression: "sum by (reason) (rate(adp_authentication_refusals_total[$__rate_interval]))",
              legend: "not let in: {{reason}}",
            },
          ],
        },
        {
          title: "Proxy: writes and further tries",
          description: "What became of changes; unknown is one of which nobody can tell whether it was made.",
          kind: "timeseries",
          width: 8,
          unit: "reqps",
          queries: [
            { expression: "sum by (outcome) (rate(adp_writes_total[$__rate_interval]))", legend: "{{outcome}}" },
            {
              expression: "sum by (reason) (rate(adp_upstream_retries_total[$__rate_interval]))",
              legend: "again: {{reason}}",
            },
          ],
          runbook: "zone-lock",
        },
        {
          title: "Proxy: one in twenty is answered later than",
          description: "And how long writes wait for their turn in a zone.",
          kind: "timeseries",
          width: 8,
          unit: "s",
          queries: [
            { expression: quantile(0.95, "adp_request_duration_seconds", "operation"), legend: "{{operation}}" },
            {
              expression:
                "histogram_quantile(0.95, sum by (le) (rate(adp_zone_queue_wait_seconds_bucket[$__rate_interval])))",
              legend: "queue",
            },
          ],
          runbook: "proxy-down",
        },
      ],
    },
    {
      height: 8,
      panels: [
        {
          title: "Key accesses, and those that nobody expects",
          description: "By CloudTrail's events, an hour at a time.",
          kind: "timeseries",
          width: 8,
          queries: [
            { expression: `sum(increase(${keyAccesses.name}[1h]))`, legend: "all" },
            { expression: `sum by (kind) (increase(${keyAccessAnomalies.name}[1h]))`, legend: "unexpected: {{kind}}" },
          ],
          runbook: "key-access-anomaly",
        },
        {
          title: "Runs of drift-check: how long a stack takes",
          description: "From its lock to its report, in its latest run.",
          kind: "timeseries",
          width: 8,
          unit: "s",
          queries: [{ expression: "max by (stack) (drift_check_stack_seconds)", legend: "{{stack}}" }],
          runbook: "drift-check-failing",
        },
        {
          title: "Ledger: entries in an hour, and whether it can be read",
          description: "1 is readable and as it was written.",
          kind: "timeseries",
          width: 8,
          queries: [
            { expression: `max(delta(${ledgerHeadSequence.name}[1h]))`, legend: "entries" },
            { expression: `min(${ledgerUp.name})`, legend: "readable" },
          ],
          runbook: "ledger-unavailable",
        },
      ],
    },
  ],
};
