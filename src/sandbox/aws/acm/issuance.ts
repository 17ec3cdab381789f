/** A certificate that ACM issues and renews: where it stands, derived from what happened and from the clock. */
import type { CertificateInfo } from "../../../certificates/certificate-info";
import type { CertificateOptions, CertificateRequest } from "./certificate-request";

export type RenewalStatus = "PENDING_AUTO_RENEWAL" | "PENDING_VALIDATION" | "SUCCESS" | "FAILED";

export interface Renewal {
  readonly status: RenewalStatus;
  readonly reason?: string;
  /** Names that are proved, for this renewal. */
  readonly validated: ReadonlySet<string>;
  readonly updatedAt: Date;
}

export interface Issuance {
  readonly request: CertificateRequest;
  readonly requestedAt: Date;
  /** Names that are proved; one that is proved once stays so. */
  readonly validated: Set<string>;
  options: CertificateOptions;
  issuedAt?: Date;
  /** Why it failed for good. */
  failure?: string;
  /** The last attempt. */
  renewal?: Renewal;
}

export type IssuanceStatus = "PENDING_VALIDATION" | "ISSUED" | "EXPIRED" | "FAILED" | "VALIDATION_TIMED_OUT";

/** ACM gives up after 72 hours (ACM user guide, "DNS validation"). */
const validationTimeMs = 72 * 3600 * 1000;

export function statusOf(
  { failure, requestedAt }: Issuance,
  info: CertificateInfo | undefined,
  now: Date,
): IssuanceStatus {
  if (failure !== undefined) return "FAILED";
  if (info !== undefined) return info.notAfter < now ? "EXPIRED" : "ISSUED";
  return now.getTime() - requestedAt.getTime() >= validationTimeMs ? "VALIDATION_TIMED_OUT" : "PENDING_VALIDATION";
}

/** A certificate of 198 days is renewed 45 days before its end (ACM user guide, "Managed renewal"); others in proportion. */
export function isRenewalDue({ notBefore, notAfter }: CertificateInfo, now: Date): boolean {
  const lifetime = notAfter.getTime() - notBefore.getTime();
  return notAfter.getTime() - now.getTime() <= (lifetime * 45) / 198;
}
