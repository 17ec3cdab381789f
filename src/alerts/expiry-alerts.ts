import { metricFamilies } from "../service-levels/metric-families";
import type { Alert } from "./alert";
import { burnsFast, burnsSlowly } from "./expressions";
import { certificateLifetime, certificateRemaining } from "./recording-rules";
import { day, minute, type RuleTimes } from "./rule-times";

const remaining = certificateRemaining.name;
const lifetime = certificateLifetime.name;

/**
 * Less than a part of its lifetime is left; where that is not known, less than some days, which is less than what is left
 * of a certificate for six days when its renewal begins.
 */
const isShorterThan = (part: number, days: number, times: RuleTimes) =>
  `(
  ${remaining} < on (certificate) group_left () (${lifetime} / ${part})
  or (${remaining} < ${times.seconds(days * day)} unless on (certificate) ${lifetime})
)`;

const subject = "{{ with $labels.names }}{{ . }}{{ else }}{{ $labels.certificate }}{{ end }}";
const whose = "{{ with $labels.owner }} Owner: {{ . }}.{{ end }}";

/** What clients see, and what they will see if nothing is done. */
export const expiryAlerts: readonly Alert[] = [
  {
    name: "CertificateExpired",
    severity: "page",
    cause: "expiry",
    when: "a certificate has ended",
    expression: () => `-${remaining} >= 0`,
    summary: `${subject} has expired`,
    description: `Clients are turned away. {{ $labels.certificate }} ended {{ $value | humanizeDuration }} ago.${whose}`,
    runbook: "expiry-outage",
  },
  {
    name: "CertificateAboutToExpire",
    severity: "page",
    cause: "expiry",
    when: "less than three days and less than a tenth of a certificate's life are left; a day, where its life is not known",
    expression: (times) =>
      `${remaining} > 0\nand ${remaining} < ${times.seconds(3 * day)}\nand ${isShorterThan(10, 1, times)}`,
    pendingSeconds: minute,
    summary: `${subject} ends in {{ $value | humanizeDuration }}`,
    description: `Its renewal is long overdue. Renew it now: {{ $labels.certificate }}.${whose}`,
    runbook: "certificate-expiring-soon",
  },
  {
    name: "CertificateExpiringSoon",
    severity: "ticket",
    cause: "expiry",
    when: "less than a quarter of a certificate's life is left; three days, where its life is not known",
    expression: (times) => `${remaining} > 0\nand ${isShorterThan(4, 3, times)}`,
    pendingSeconds: 5 * minute,
    summary: `${subject} ends in {{ $value | humanizeDuration }} and was not renewed`,
    description: `Its renewal should have come by now: {{ $labels.certificate }}.${whose}`,
    runbook: "certificate-expiring-soon",
  },
  {
    name: "EndpointNotValid",
    severity: "page",
    cause: "expiry",
    when: "the latest handshake with an endpoint was one that clients refuse",
    expression: () => `min by (endpoint, owner, tier) (${metricFamilies.endpointValid.name}) == 0`,
    pendingSeconds: 2 * minute,
    summary: "{{ $labels.endpoint }} has no certificate that clients accept",
    description: `Its certificate has ended, has another name, or comes without its chain.${whose}`,
    runbook: "endpoint-not-valid",
  },
  {
    name: "ValidErrorBudgetBurn",
    severity: "page",
    cause: "expiry",
    when: "so many endpoints are not valid that the error budget of 30 days is gone in five days (6 h and 30 min) or in two (1 h and 5 min)",
    expression: () => burnsFast("valid"),
    summary: "Too many endpoints have no valid certificate",
    description:
      "The budget for endpoints without a valid certificate is spent {{ $value | humanize }} times too fast.",
    runbook: "endpoint-not-valid",
  },
  {
    name: "ValidErrorBudgetBurnSlow",
    severity: "ticket",
    cause: "expiry",
    when: "the error budget of 30 days will not last, by three days and by six hours",
    expression: () => burnsSlowly("valid"),
    summary: "Endpoints without a valid certificate use up the error budget",
    description: "The budget is spent {{ $value | humanize }} times too fast for three days.",
    runbook: "endpoint-not-valid",
  },
];
