import type { IConstruct } from "constructs";
import { isUnknown } from "../is-unknown";
import { mistakeIn } from "../mistake";

/** Refuses a certificate in another region than the load balancer that should serve it, where both are known. */
export function checkRegions(scope: IConstruct, certificate: string | undefined, listener: string | undefined): void {
  if (certificate === undefined || listener === undefined || certificate === listener) return;
  if (isUnknown(certificate) || isUnknown(listener)) return;
  throw mistakeIn(scope, {
    what: `the certificate stands in ${certificate}, the listener in ${listener}`,
    source: "ACM user guide, supported Regions: a load balancer takes certificates of its own Region",
    fix: `declare the certificate with region "${listener}"`,
  });
}
