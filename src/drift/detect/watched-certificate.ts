/** What the detector found out about the certificates of a stack. Types only; start reading in `detect-certificates.ts`. */
import type { RenewalDecision } from "../../certificates/decide-renewal";

/** A certificate of a stack: what its state says, what ACM says, what clients get, and what follows from that. */
export interface WatchedCertificate {
  /** Of its resource. */
  readonly address: string;
  readonly arn: string;
  readonly names: readonly string[];
  /** Who issues it: the URL of an ACME directory, `acm`, or `imported` where that is not known. */
  readonly issuer: string;
  /** By the state. */
  readonly notBefore?: Date;
  readonly notAfter: {
    readonly state?: Date;
    readonly acm?: Date;
    /** The earliest end that a client got to see. */
    readonly wire?: Date;
  };
  /** Undefined where the state does not tell its lifetime. */
  readonly renewal?: RenewalDecision;
  /** Whether the plan renews it, or takes it away. */
  readonly isInPlan: boolean;
  readonly sightings: readonly Sighting[];
  readonly findings: readonly CertificateFinding[];
}

/** One handshake, or the try of one. */
export interface Sighting {
  /** Address of the resource that serves the certificate. */
  readonly servedBy: string;
  /** `host:port`; `servedBy` where it was not found. */
  readonly at: string;
  /** Undefined: no name was sent. */
  readonly serverName?: string;
  readonly outcome: SeenOnWire | { readonly state: "unseen"; readonly why: string };
}

export interface SeenOnWire {
  readonly state: "served";
  readonly serial: string;
  readonly notAfter: Date;
  readonly names: readonly string[];
  /** Why a client would refuse it; undefined if it would not. */
  readonly refusal?: string;
}

/** What is wrong with a certificate, or could not be seen. */
export interface CertificateFinding {
  readonly rule: CertificateRuleId;
  /** An error fails the run. `unseen`: nobody could look, so nothing is known. */
  readonly level: "error" | "warning" | "unseen";
  /** A sentence without a stop; it begins where the certificate's address ends. */
  readonly message: string;
  readonly wayOut: string;
}

/** Stable: reports, and those who read them, rely on it. docs/reference/drift-check.md tells what each is for. */
export const certificateRules = [
  "certificate-expired",
  "renewal-missed",
  "wire-differs",
  "wire-refused",
  "acm-differs",
  "not-seen",
] as const;
export type CertificateRuleId = (typeof certificateRules)[number];
