import type { AppError } from "../platform/errors";

/** What a call to AWS changes for whoever is served by a certificate. */
export interface CertificateChange {
  readonly kind: "imported" | "deleted" | "attached" | "detached";
  readonly certificateArn?: string;
  /** Of an attachment: what serves it now, or does so no more. */
  readonly attachment?: string;
  /** Of an attachment. A distribution, a domain name and a listener of a Classic Load Balancer have a default only. */
  readonly role?: "default" | "sni";
}

/** A change that AWS made, or may have made. */
export interface ReportedChange extends CertificateChange {
  /** In IAM's spelling. */
  readonly action: string;
  readonly region: string;
  /** `unknown`: the answer was lost. */
  readonly outcome: "done" | "unknown";
  /** As AWS support and CloudTrail know the call. */
  readonly requestId?: string;
  /** Of `unknown`. */
  readonly error?: AppError;
}

/** Hears of every change before whoever asked for it does; not of what AWS refused. MUST NOT reject. */
export type OnCertificateChange = (change: ReportedChange) => Promise<void>;
