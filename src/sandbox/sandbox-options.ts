import type { RecordSet } from "../dns/record-set";
import { calm as calmCa, hostile as hostileCa, type AcmeCaFaults } from "./acme-ca/faults";
import { letsEncryptProfiles, secondsProfile, type CertificateProfiles } from "./acme-ca/profiles";
import type { AcmeCaRateLimits } from "./acme-ca/rate-limits/rate-limits";
import { calm as calmAws, hostile as hostileAws, type AwsFaults } from "./aws/aws-faults";
import { calmEdgeDns, hostileEdgeDns, type EdgeDnsFaults } from "./edge-dns/edge-dns-faults";

/** Everything that goes wrong in the sandbox, part by part; each behaviour is one switch. */
export interface SandboxFaults {
  readonly acme: AcmeCaFaults;
  readonly aws: AwsFaults;
  readonly edgeDns: EdgeDnsFaults;
  /** How far the second name server is behind the zone, in milliseconds. */
  readonly secondNameServerDelayMs: number;
}

export const faultProfiles = {
  hostile: { acme: hostileCa, aws: hostileAws, edgeDns: hostileEdgeDns, secondNameServerDelayMs: 400 },
  calm: { acme: calmCa, aws: calmAws, edgeDns: calmEdgeDns, secondNameServerDelayMs: 0 },
} as const satisfies Record<string, SandboxFaults>;

export type FaultProfile = keyof typeof faultProfiles;

export interface SandboxZone {
  readonly name: string;
  /** @default none */
  readonly records?: readonly RecordSet[];
}

export interface SandboxOptions {
  /** Where certificates, credentials and the ready file of the sandbox are written. */
  readonly folder: string;
  /** Of everything that happens by chance. @default 1 */
  readonly seed?: number;
  /** @default faultProfiles.hostile */
  readonly faults?: SandboxFaults;
  /** @default example.gov and example.org */
  readonly zones?: readonly SandboxZone[];
  /** Names of application load balancers that exist already. @default ["web"] */
  readonly loadBalancers?: readonly string[];
  /** @default Let's Encrypt's, and `demo` with a life of 40 seconds */
  readonly profiles?: CertificateProfiles;
  /** Life of the certificates that ACM issues, in seconds; a short one lets renewal be seen. @default 198 days */
  readonly acmLifetimeSeconds?: number;
  /** @default Let's Encrypt's limits */
  readonly rateLimits?: AcmeCaRateLimits;
}

export const sandboxProfiles: CertificateProfiles = { ...letsEncryptProfiles, demo: secondsProfile(40) };

export const sandboxZones: readonly SandboxZone[] = [{ name: "example.gov" }, { name: "example.org" }];
