import { metricFamilies } from "../service-levels/metric-families";
import type { RecordingRule } from "./alert";
import { rise } from "./expressions";
import { hour } from "./rule-times";

const { certificateNotAfter, certificateNotBefore } = metricFamilies;

/** The same certificate as seen by a scan that keeps no ledger: labels as ours. */
const scanned = `max by (certificate, names, region) (
  label_replace(
    label_replace(manage_certs_certificate_not_after_seconds{used="true"}, "certificate", "$1", "arn", "(.*)"),
    "names", "$1", "name", "(.*)"
  )
)`;

/** Seconds until a certificate ends, once for each, whoever told of it. */
export const certificateRemaining: RecordingRule = {
  name: "certificate:unexpired_certificate_remaining_seconds:max",
  expression: () => `(
max by (certificate, names, region, owner, tier) (${certificateNotAfter.name})
or on (certificate)
${scanned}
) - time()`,
};

/** From begin to end, where both are known. */
export const certificateLifetime: RecordingRule = {
  name: "certificate:unexpired_certificate_lifetime_seconds:max",
  expression: () =>
    `max by (certificate) (${certificateNotAfter.name})\n- max by (certificate) (${certificateNotBefore.name})`,
};

/** Failures of the last hour. The most that any source tells: two that read one ledger tell of the same failures. */
export const failuresOfHour: RecordingRule = {
  name: "cause_code:unexpired_failures:increase1h",
  expression: (times) => `max by (cause, code) (\n${rise("failures", hour, times)}\n)`,
};

/** Renewals that ended within the last hour, in the same way. */
export const renewalsOfHour: RecordingRule = {
  name: "issuer_outcome:unexpired_renewals:increase1h",
  expression: (times) => `max by (issuer, outcome) (\n${rise("renewals", hour, times)}\n)`,
};

/** Those of eight hours, in which a run every six hours, as drift-check does by default, shows at any time. */
export const renewalsOfEightHours: RecordingRule = {
  name: "issuer_outcome:unexpired_renewals:increase8h",
  expression: (times) => `max by (issuer, outcome) (\n${rise("renewals", 8 * hour, times)}\n)`,
};

export const recordingRules: readonly RecordingRule[] = [
  certificateRemaining,
  certificateLifetime,
  failuresOfHour,
  renewalsOfHour,
  renewalsOfEightHours,
];
