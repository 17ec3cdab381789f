import type { Finding } from "../findings/finding";
import type { Estate } from "../scan/estate";
import { globalPlace } from "../scan/scan-context";

export interface Summary {
  readonly accounts: number;
  readonly regions: number;
  readonly certificates: number;
  readonly servingPoints: number;
  readonly handshakes: number;
  readonly critical: number;
  readonly warnings: number;
  readonly notices: number;
  readonly failures: number;
}

export function summarize(estate: Estate, findings: readonly Finding[]): Summary {
  const places = [...estate.certificates, ...estate.servingPoints, ...estate.usage];
  const regions = new Set(places.map(({ region }) => region).filter((region) => region !== globalPlace));
  const of = (severity: Finding["severity"]) => findings.filter((finding) => finding.severity === severity).length;
  return {
    accounts: new Set(places.map(({ accountId }) => accountId)).size,
    regions: regions.size,
    certificates: estate.certificates.length,
    servingPoints: estate.servingPoints.length,
    handshakes: estate.observations.length,
    critical: of("critical"),
    warnings: of("warning"),
    notices: of("notice"),
    failures: estate.failures.length,
  };
}

/**
 * Exit code of a scan (docs/overview.md, "Decisions" 9): 1 a part failed, 2 there is work to do, 0 nothing to do.
 */
export function exitCodeOf({ failures, critical, warnings }: Summary): 0 | 1 | 2 {
  if (failures > 0) return 1;
  return critical + warnings > 0 ? 2 : 0;
}
