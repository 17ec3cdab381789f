import { EstateView } from "../findings/estate-view";
import { findingRules } from "../findings/find-all";
import { severities, type Finding } from "../findings/finding";
import type { Estate } from "../scan/estate";

type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

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
    gauge("scan_timestamp_seconds", "when the last scan began", [{ value: estate.scannedAt.getTime() / 1000 }]),
    gauge("scan_failures", "parts of the estate that could not be looked at", [{ value: estate.failures.length }]),
    gauge("certificates", "certificates found", [{ value: estate.certificates.length }]),
    gauge("serving_points", "listeners, distributions and domain names found", [
      { value: estate.servingPoints.length },
    ]),
    gauge("findings", "findings by rule and severity", counts),
    gauge("certificate_not_after_seconds", "the end of a certificate", ends),
  ].join("");
}

function gauge(name: string, help: string, samples: readonly Sample[]): string {
  const full = `manage_certs_${name}`;
  const lines = samples.map(({ labels = {}, value }) => `${full}${written(labels)} ${value}\n`);
  return `# HELP ${full} ${help}\n# TYPE ${full} gauge\n${lines.join("")}`;
}

function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
