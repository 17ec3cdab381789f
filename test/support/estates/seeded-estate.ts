/** An estate as it was put into the emulated AWS: the truth that a scan is measured by. */
import type { KeyAlgorithm } from "../../../src/certificates/key-algorithm";
import type { ServedCertificate } from "../../../src/sandbox/load-balancer/served-listener";

export type SeededOrigin = "imported" | "amazon-issued" | "private-ca" | "acme-endpoint" | "iam";

export type SeededOwner = "acm" | "terraform" | "unexpired" | "acme-client" | "nobody";

/** What is remarkable about a certificate. */
export type SeededTrait =
  | "expired"
  | "expiring"
  /** of the same names as another one in its account and region */
  | "duplicate"
  /** attached to nothing */
  | "orphan"
  /** stored without what leads to its root */
  | "bare"
  /** RSA of 1,024 bits */
  | "weak"
  /** never validated, so never issued */
  | "pending"
  /** ACM's renewal has failed, or waits for records that are gone */
  | "renewal-failed"
  | "renewal-waiting";

export interface SeededCertificate {
  readonly arn: string;
  readonly accountId: string;
  /** "aws-global" for IAM. */
  readonly region: string;
  readonly origin: SeededOrigin;
  readonly keyAlgorithm: KeyAlgorithm;
  readonly names: readonly string[];
  /** Undefined before it is issued. */
  readonly serial?: string;
  readonly notAfter?: Date;
  readonly owner: SeededOwner;
  readonly traits: ReadonlySet<SeededTrait>;
  /** With its key, for front ends; not of what ACM has no key of. */
  readonly served?: ServedCertificate;
}

export interface SeededAttachment {
  /** Listener's ARN; `ARN:PORT` of a Classic one; ARN of a distribution or domain name: where `frontEnds` knows it. */
  readonly pointId: string;
  readonly accountId: string;
  readonly role: "default" | "sni";
  readonly certificateArn: string;
}
