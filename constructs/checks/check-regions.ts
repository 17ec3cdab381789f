import type { IConstruct } from "constructs";
import type { ICertificate } from "../certificate";
import { isUnknown } from "../is-unknown";
import { mistakeIn } from "../mistake";

/** Refuses a certificate in another region than the load balancer that should serve it, where both are known. */
export function checkRegions(scope: IConstruct, certificate: ICertificate, listener: string | undefined): void {
  checkStandsIn(scope, certificate, listener, {
    what: (own, its) => `the certificate stands in ${own}, the listener in ${its}`,
    source: "ACM user guide, supported Regions: a load balancer takes certificates of its own Region",
  });
}

/** Refuses a certificate outside us-east-1 for what CloudFront serves. */
export function checkEdgeRegion(scope: IConstruct, certificate: ICertificate, who: string): void {
  checkStandsIn(scope, certificate, "us-east-1", {
    what: (own) => `the certificate stands in ${own}, and ${who} takes certificates from us-east-1 only`,
    source: "ACM user guide, supported Regions; CloudFront developer guide, requirements for certificates",
  });
}

export interface RegionRule {
  readonly what: (own: string, wanted: string) => string;
  readonly source: string;
}

/** Refuses a certificate in another region than it is wanted in, where both are known. */
export function checkStandsIn(
  scope: IConstruct,
  { region }: ICertificate,
  wanted: string | undefined,
  { what, source }: RegionRule,
): void {
  if (region === undefined || wanted === undefined || region === wanted) return;
  if (isUnknown(region) || isUnknown(wanted)) return;
  throw mistakeIn(scope, {
    what: what(region, wanted),
    source,
    fix: `declare the certificate with region "${wanted}"`,
  });
}
