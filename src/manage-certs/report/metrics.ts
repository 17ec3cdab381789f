import { gauge } from "../../platform/report/gauge";
import { EstateView } from "../findings/estate-view";
import { findingRules } from "../findings/find-all";
import { severities, type Finding } from "../findings/finding";
import type { Estate } from "../scan/estate";

/** Metrics in Prometheus's text format, for the node exporter's textfile collector (Prometheus, "Exposition formats"). */
export function toMetrics(estate: Estate, findings: readonly Finding[]): string {
  const view = new EstateView(estate);
  const ends = estate.certificates.flatMap((certificate) => {
    const { arn, accountId, region, names, owner, notAfter } = certificate;
    const labels = { arn, account: accountId, region, name: names[0] ?? "", owner };
    const used = String(view.isUsed(certificate));
    return notAfter ? [{ labels: { ...labels, used }, value: notAfter.getTime() / 1000 }] : [];
  });
  // A series that is not there cannot go back to zero: every rule has its samples.
  const counts = findingRules.flatMap(({ id }) =>
    severities.map((severity) => ({
      labels: { rule: id, severity },
      value: findings.filter((finding) => finding.rule === id && finding.severity === severity).length,
    })),
  );
  return [
    gauge("manage_certs_scan_timestamp_seconds", "when the last scan began", [
      { value: estate.scannedAt.getTime() / 1000 },
    ]),
    gauge("manage_certs_scan_failures", "parts of the estate that could not be looked at", [
      { value: estate.failures.length },
    ]),
    gauge("manage_certs_certificates", "certificates found", [{ value: estate.certificates.length }]),
    gauge("manage_certs_serving_points", "listeners, distributions and domain names found", [
      { value: estate.servingPoints.length },
    ]),
    gauge("manage_certs_findings", "findings by rule and severity", counts),
    gauge("manage_certs_certificate_not_after_seconds", "the end of a certificate", ends),
  ].join("");
}
