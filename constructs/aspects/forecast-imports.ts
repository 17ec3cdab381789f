import { lifetimesOf, profileLimits } from "../../src/certificates/lets-encrypt";
import { forecastRenewal } from "../checks/renewal-forecast";
import type { TerraformStack } from "../engine";
import { ManagedCertificate } from "../managed-certificate";
import type { Finding } from "./finding";
import { nearly } from "./forecast-listeners";

export interface ImportQuotas {
  /** @default 5000 */
  readonly importsPerYear?: number;
  /** @default 2500 */
  readonly importedCertificates?: number;
}

/**
 * What a stack imports into ACM beside the quotas of each region: how many certificates, and how many imports a year at
 * the pace of their issuers. That an import under an ARN that exists counts is our reading of the quota.
 */
export function forecastImports(stack: TerraformStack, now: Date, quotas: ImportQuotas): readonly Finding[] {
  const byRegion = new Map<string, ManagedCertificate[]>();
  for (const node of stack.node.findAll()) {
    if (!(node instanceof ManagedCertificate) || node.renewedBy !== "terraform") continue;
    const region = node.region ?? "the provider's region";
    byRegion.set(region, [...(byRegion.get(region) ?? []), node]);
  }
  return [...byRegion].flatMap(([region, certificates]) => forecast(stack, region, certificates, now, quotas));
}

function forecast(
  stack: TerraformStack,
  region: string,
  certificates: readonly ManagedCertificate[],
  now: Date,
  { importsPerYear = 5_000, importedCertificates = 2_500 }: ImportQuotas,
): Finding[] {
  const imports = Math.round(certificates.reduce((sum, each) => sum + importsOf(each, now), 0));
  const lines = [
    {
      count: imports,
      quota: importsPerYear,
      what: `${certificates.length} certificates make about ${imports} imports a year in ${region}`,
      name: "Imported certificates per year",
      fix: "use a profile with a longer lifetime, put more names on fewer certificates, or have it raised and set importsPerYear to it",
    },
    {
      count: certificates.length,
      quota: importedCertificates,
      what: `${certificates.length} imported certificates in ${region}`,
      name: "Imported certificates",
      fix: "put more names on fewer certificates, or have it raised and set importedCertificates to it",
    },
  ];
  return lines
    .filter(({ count, quota }) => count >= quota * nearly)
    .map(({ count, quota, what, name, fix }) => ({
      at: stack,
      level: count > quota ? "error" : "warning",
      what: `${what}, and ${quota} is the most`,
      source: `ACM user guide, Quotas, "${name}"`,
      fix,
    }));
}

/** A year; 0 where the lifetimes of the CA are not known. */
function importsOf({ issuer: { settings }, renewal }: ManagedCertificate, now: Date): number {
  if (settings.kind !== "acme" || profileLimits(settings) === undefined) return 0;
  const [current] = lifetimesOf(settings, now);
  const forecast = current && forecastRenewal(current.days, renewal);
  return forecast === undefined ? 0 : 365 / forecast.everyDays;
}
