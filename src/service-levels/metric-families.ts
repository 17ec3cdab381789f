/**
 * Every metric of the service levels, named by the conventions of Prometheus
 * (https://prometheus.io/docs/practices/naming/). docs/reference/metrics.md lists them beside those of the programs. Names
 * and labels are part of the public contract: add, never rename.
 */

/** Service level indicators, as the label `sli` has them; docs/reference/service-levels.md defines each. */
export const sliNames = ["valid", "renewal", "replacement", "issuance", "deployment", "key_access"] as const;
export type SliName = (typeof sliNames)[number];

/** What stands behind a failure, as the label `cause` has it. */
export const failureCauses = ["ca", "ca_rate_limit", "dns", "proxy", "aws", "secrets", "policy", "other"] as const;
export type FailureCause = (typeof failureCauses)[number];

/** One metric, for all values of its labels. */
export interface MetricDescription {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labelNames: readonly string[];
}

export const metricFamilies = {
  certificateNotAfter: {
    name: "unexpired_certificate_not_after_timestamp_seconds",
    type: "gauge",
    help: "The end of a certificate in use, as the latest look at it had it.",
    labelNames: ["certificate", "names", "region", "owner", "tier", "issuer"],
  },
  certificateNotBefore: {
    name: "unexpired_certificate_not_before_timestamp_seconds",
    type: "gauge",
    help: "The begin of a certificate, where the latest look at it told: with its end, how long it lives.",
    labelNames: ["certificate"],
  },
  endpointValid: {
    name: "unexpired_endpoint_valid",
    type: "gauge",
    help: "1 where clients get a certificate that they accept, by the latest handshakes and the clock.",
    labelNames: ["endpoint", "owner", "tier"],
  },
  probeTimestamp: {
    name: "unexpired_probe_timestamp_seconds",
    type: "gauge",
    help: "When the endpoints and certificates were looked at last.",
    labelNames: ["source"],
  },
  renewals: {
    name: "unexpired_renewals_total",
    type: "counter",
    help: "Renewals that ended, each try for itself.",
    labelNames: ["outcome", "issuer"],
  },
  renewalTimestamp: {
    name: "unexpired_renewal_timestamp_seconds",
    type: "gauge",
    help: "When a renewal ended like that last.",
    labelNames: ["outcome", "issuer"],
  },
  openRenewals: {
    name: "unexpired_open_renewals",
    type: "gauge",
    help: "Renewals with a begin on record and no end: under way, or left so by a run that is silent.",
    labelNames: ["state"],
  },
  issuances: {
    name: "unexpired_issuances_total",
    type: "counter",
    help: "Certificates that a CA issued, or did not, by what stands behind that.",
    labelNames: ["issuer", "outcome", "cause"],
  },
  issuanceSeconds: {
    name: "unexpired_issuance_seconds",
    type: "histogram",
    help: "How long an issuance took: waiting for name servers and the CA, and working.",
    labelNames: ["issuer", "part"],
  },
  replacementSeconds: {
    name: "unexpired_replacement_seconds",
    type: "histogram",
    help: "From the first word of a compromised key to its replacement in service.",
    labelNames: [],
  },
  deployments: {
    name: "unexpired_deployments_total",
    type: "counter",
    help: "Certificates brought to their listeners, by what came of it.",
    labelNames: ["outcome"],
  },
  deploymentTimestamp: {
    name: "unexpired_deployment_timestamp_seconds",
    type: "gauge",
    help: "When a deployment ended like that last.",
    labelNames: ["outcome"],
  },
  failures: {
    name: "unexpired_failures_total",
    type: "counter",
    help: "What failed, by what stands behind it and by its code.",
    labelNames: ["cause", "code"],
  },
  failureTimestamp: {
    name: "unexpired_failure_timestamp_seconds",
    type: "gauge",
    help: "When something failed like that last.",
    labelNames: ["cause", "code"],
  },
  revocations: {
    name: "unexpired_revocations_total",
    type: "counter",
    help: "Certificates revoked.",
    labelNames: ["reason"],
  },
  policyDenials: {
    name: "unexpired_policy_denials_total",
    type: "counter",
    help: "What the policy denied, by rule.",
    labelNames: ["rule"],
  },
  waivers: {
    name: "unexpired_waivers",
    type: "gauge",
    help: "Waivers of the policy that have not ended.",
    labelNames: ["rule", "owner"],
  },
  keyAccesses: {
    name: "unexpired_key_accesses_total",
    type: "counter",
    help: "Uses of keys and secrets in the events of CloudTrail that were given.",
    labelNames: [],
  },
  keyAccessAnomalies: {
    name: "unexpired_key_access_anomalies_total",
    type: "counter",
    help: "Of these, those that nobody expects.",
    labelNames: ["kind"],
  },
  keyAccessAnomalyTimestamp: {
    name: "unexpired_key_access_anomaly_timestamp_seconds",
    type: "gauge",
    help: "When a key or secret was used like that last, by its event.",
    labelNames: ["kind"],
  },
  keyAccessQueueRead: {
    name: "unexpired_key_access_queue_read_timestamp_seconds",
    type: "gauge",
    help: "When the queue that events of CloudTrail come from was last asked for them with success; 0: never.",
    labelNames: ["queue"],
  },
  keyAccessQueueMessages: {
    name: "unexpired_key_access_queue_messages_total",
    type: "counter",
    help: "Messages of that queue, by what became of them.",
    labelNames: ["queue", "outcome"],
  },
  ledgerUp: {
    name: "unexpired_ledger_up",
    type: "gauge",
    help: "1 where the ledger can be read and is as it was written.",
    labelNames: [],
  },
  ledgerHeadSequence: {
    name: "unexpired_ledger_head_sequence",
    type: "gauge",
    help: "The number of the last entry that was read.",
    labelNames: [],
  },
  sliRatio: {
    name: "unexpired_sli_ratio",
    type: "gauge",
    help: "The good share of what counts for a service level, over a window.",
    labelNames: ["sli", "window"],
  },
  sloTarget: {
    name: "unexpired_slo_target_ratio",
    type: "gauge",
    help: "The share that is to be good over 30 days.",
    labelNames: ["sli"],
  },
  burnRate: {
    name: "unexpired_burn_rate",
    type: "gauge",
    help: "How fast the error budget is spent: 1 spends it in 30 days.",
    labelNames: ["sli", "window"],
  },
  errorBudgetRemaining: {
    name: "unexpired_error_budget_remaining_ratio",
    type: "gauge",
    help: "What is left of the error budget of 30 days; below 0 it is overspent.",
    labelNames: ["sli"],
  },
} as const satisfies Readonly<Record<string, MetricDescription>>;
