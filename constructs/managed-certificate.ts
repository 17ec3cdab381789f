import { Construct } from "constructs";
import {
  type IssuableKeyAlgorithm,
  defaultKeyAlgorithm,
  parseIssuableKeyAlgorithm,
} from "../src/certificates/key-algorithm";
import { messageOf, toAppError } from "../src/platform/errors";
import { UnexpiredCertificate, type UnexpiredCertificateIssuer } from "./bindings/unexpired-certificate";
import { UnexpiredProvider } from "./bindings/unexpired-provider";
import { type ICertificate, ImportedCertificate } from "./certificate";
import type { AcmeOptions, CertificateIssuer, ExternalAccountBinding } from "./certificate-issuer";
import { checkDomainNames } from "./checks/check-domain-names";
import { checkIssuer } from "./checks/check-issuer";
import { checkRenewal } from "./checks/check-renewal";
import { checkCertificateName, checkTags } from "./checks/check-tags";
import { checkTimeouts } from "./checks/check-timeouts";
import { claimCertificateName } from "./checks/claim-certificate-name";
import { warnOfReimport } from "./checks/warn-of-reimport";
import type { IDnsZone } from "./dns-zone";
import { isUnknown } from "./is-unknown";
import { mistakeIn } from "./mistake";

export interface ManagedCertificateProps {
  /** Names the certificate is good for: hosts and wildcards. The first one is the certificate's common name, if it has one. */
  readonly domainNames: readonly string[];
  /** The zone that holds all names; `zones` if there are several. */
  readonly zone?: IDnsZone;
  /** The zones that hold the names, if there are several. @default `[zone]` */
  readonly zones?: readonly IDnsZone[];
  readonly issuer: CertificateIssuer;
  /**
   * Identity of the certificate in its account and region. A create that finds it unused there goes on with it, so it
   * must stay the same when the construct moves. @default `<stack>/<path>`
   */
  readonly name?: string;
  /** A change replaces the certificate, new ARN first. @default "EC_prime256v1" */
  readonly keyAlgorithm?: IssuableKeyAlgorithm;
  /** Region of ACM; us-east-1 for CloudFront. A change replaces the certificate. @default the provider's */
  readonly region?: string;
  /** When to renew. @default as the CA advises (RFC 9773), else when a third of the lifetime is left */
  readonly renewal?: RenewalPolicy;
  /** Tags of the certificate in ACM. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default the provider's */
  readonly timeouts?: CertificateTimeouts;
  /** Provider block to use. @default the stack's default block, made on demand */
  readonly provider?: UnexpiredProvider;
}

export interface RenewalPolicy {
  /** Whether a certificate is renewed because of time at all. @default true */
  readonly enabled?: boolean;
  /** Renew when this many days, a whole number, are left. @default by the share of the lifetime that is left */
  readonly daysBeforeExpiry?: number;
  /** Whether to ask the CA when to renew (RFC 9773); its answer goes before everything else. @default true */
  readonly ari?: boolean;
}

/** Durations such as `30m`. */
export interface CertificateTimeouts {
  /** @default the provider's */
  readonly create?: string;
  /** @default the provider's */
  readonly update?: string;
  /** @default the provider's */
  readonly delete?: string;
}

/**
 * A certificate that is issued, kept in ACM and renewed under the same ARN by ordinary plans.
 *
 * @example
 * const zone = DnsZone.edgeDns(this, "zone", { zoneName: "example.gov" });
 * const certificate = new ManagedCertificate(this, "web", {
 *   domainNames: ["app.example.gov", "*.app.example.gov"],
 *   zone,
 *   issuer: CertificateIssuer.letsEncrypt({ contactEmail: "tls@example.gov" }),
 * });
 */
export class ManagedCertificate extends Construct implements ICertificate {
  /** A certificate that something else keeps in ACM, to be attached only. */
  static fromArn(scope: Construct, id: string, certificateArn: string): ICertificate {
    return new ImportedCertificate(scope, id, certificateArn);
  }

  readonly certificateArn: string;
  readonly region?: string;
  /** Identity in the account and region. */
  readonly certificateName: string;
  /** As certificates spell them: lower case, A-labels. */
  readonly domainNames: readonly string[];
  /** Lower-case hex. */
  readonly serial: string;
  /** SHA-256 over the certificate, lower-case hex. */
  readonly fingerprint: string;
  /** RFC 3339. */
  readonly notBefore: string;
  /** RFC 3339. */
  readonly notAfter: string;
  /** When it is to be renewed, as known at the last apply; RFC 3339. */
  readonly renewAt: string;
  /** Why then. */
  readonly renewalReason: string;
  /** PEM, leaf first. */
  readonly certificateChain: string;

  constructor(scope: Construct, id: string, props: ManagedCertificateProps) {
    super(scope, id);
    const issuer = props.issuer.options;
    const zones = this.zonesOf(props);
    const keyAlgorithm = this.parseKeyAlgorithm(props.keyAlgorithm ?? defaultKeyAlgorithm);
    checkIssuer(this, issuer);
    this.domainNames = checkDomainNames(this, props.domainNames, zones, issuer);
    this.certificateName = props.name ?? this.node.path;
    checkCertificateName(this, this.certificateName);
    checkRenewal(this, props.renewal ?? {}, issuer);
    checkTags(this, props.tags ?? {});
    checkTimeouts(this, props.timeouts ?? {});
    this.region = this.parseRegion(props.region);
    claimCertificateName(this, this.certificateName, `${props.provider?.alias ?? ""} ${this.region ?? ""}`);
    warnOfReimport(this, keyAlgorithm, issuer);

    if (props.provider === undefined) UnexpiredProvider.ensureIn(this);
    const resource = new UnexpiredCertificate(this, "Resource", {
      name: this.certificateName,
      domainNames: this.domainNames,
      keyAlgorithm,
      region: this.region,
      issuer: issuerSettings(issuer),
      zones: zones.map(({ zoneName, zoneType }) => ({ name: zoneName, type: zoneType })),
      renewal: props.renewal,
      tags: props.tags,
      timeouts: props.timeouts,
      provider: props.provider,
      // Stored with the resource, it also orders its end after the listener's switch to whatever comes next.
      lifecycle: { createBeforeDestroy: true },
    });
    this.certificateArn = resource.arn;
    this.serial = resource.serial;
    this.fingerprint = resource.fingerprint;
    this.notBefore = resource.notBefore;
    this.notAfter = resource.notAfter;
    this.renewAt = resource.renewAt;
    this.renewalReason = resource.renewalReason;
    this.certificateChain = resource.certificateChain;
  }

  private zonesOf({ zone, zones }: ManagedCertificateProps): readonly IDnsZone[] {
    const all = [...(zone === undefined ? [] : [zone]), ...(zones ?? [])];
    const names = all.map(({ zoneName }) => zoneName);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (all.length > 0 && twice === undefined) return all;
    throw mistakeIn(this, {
      what: twice === undefined ? "neither zone nor zones is set" : `zone "${twice}" is listed twice`,
      source: "RFC 8555 8.4: the challenge is a TXT record in the zone of the name",
      fix: twice === undefined ? "set zone to a DnsZone" : "leave out one of the two",
    });
  }

  private parseKeyAlgorithm(text: string): string {
    if (isUnknown(text)) return text;
    try {
      return parseIssuableKeyAlgorithm(text);
    } catch (error) {
      throw mistakeIn(this, {
        what: messageOf(error),
        source: "ACM user guide, certificate characteristics; CA/B Baseline Requirements 6.1.5",
        fix: toAppError(error).hint ?? "leave it out",
        cause: error,
      });
    }
  }

  private parseRegion(text: string | undefined): string | undefined {
    if (text === undefined || isUnknown(text) || /^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(text)) return text;
    throw mistakeIn(this, {
      what: `region "${text}" is not the name of an AWS region`,
      source: "AWS general reference, ACM endpoints",
      fix: "write it like us-east-1",
    });
  }
}

function issuerSettings({ externalAccountBinding, ...settings }: AcmeOptions): UnexpiredCertificateIssuer {
  return {
    ...settings,
    externalAccountBinding: externalAccountBinding && bindingSettings(externalAccountBinding),
  };
}

function bindingSettings({ keyId, hmacKey }: ExternalAccountBinding) {
  switch (hmacKey.source) {
    case "environment":
      return { keyId, hmacKeyEnv: hmacKey.reference };
    case "secretsManager":
      return { keyId, hmacKeySecretArn: hmacKey.reference };
    case "file":
      return { keyId, hmacKeyFile: hmacKey.reference };
  }
}
