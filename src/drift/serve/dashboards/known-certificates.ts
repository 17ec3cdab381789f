import { latestProbes, type Probe, type ProbedCertificate } from "../../../service-levels/probe";
import type { SeenCertificate } from "../status-view";

/** What runs saw, and beside it what scans alone know of; what ends first comes first. */
export function knownCertificates(
  ofStacks: readonly SeenCertificate[],
  probes: readonly Probe[],
): readonly SeenCertificate[] {
  const latest = latestProbes(probes);
  const told = byArn(latest);
  const scans = byArn(latest.filter(({ source }) => source === "scan"));
  for (const { arn } of ofStacks) scans.delete(arn);
  return [
    ...ofStacks.map((each) => ({ ...each, ...factsOf(told.get(each.arn)) })),
    ...[...scans.values()].map(scanned),
  ].sort((one, other) => (one.ends?.getTime() ?? Infinity) - (other.ends?.getTime() ?? Infinity));
}

/** Of each the latest look. */
function byArn(probes: readonly Probe[]): Map<string, ProbedCertificate> {
  return new Map(probes.flatMap(({ certificates }) => certificates).map((each) => [each.certificate, each]));
}

function scanned(certificate: ProbedCertificate): SeenCertificate {
  const { certificate: arn, names, notAfter, isDue = false } = certificate;
  return {
    ...{ stack: "", address: arn, arn, names, ends: notAfter, seen: "in ACM", isDue, findings: [] },
    ...factsOf(certificate),
  };
}

function factsOf(certificate: ProbedCertificate | undefined): Pick<SeenCertificate, "owner" | "begins"> {
  if (certificate === undefined) return {};
  const { owner, notBefore } = certificate;
  return { ...(owner !== "" && { owner }), ...(notBefore !== undefined && { begins: notBefore }) };
}
