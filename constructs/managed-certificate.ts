import { Construct } from "constructs";
import {
  type IssuableKeyAlgorithm,
  defaultKeyAlgorithm,
  parseIssuableKeyAlgorithm,
} from "../src/certificates/key-algorithm";
import { messageOf, toAppError } from "../src/platform/errors";
import { issueByAcm } from "./acm-issued";
import { issueByAcme } from "./acme-issued";
import { regionOfAws } from "./bindings/aws-settings";
import { UnexpiredProvider } from "./bindings/unexpired-provider";
import { type ICertificate, ImportedCertificate } from "./certificate";
import type { AcmeOptions, CertificateIssuer, IssuerSettings } from "./certificate-issuer";
import { checkDomainNames } from "./checks/check-domain-names";
import { checkTags } from "./checks/check-tags";
import { checkTimeouts } from "./checks/check-timeouts";
import { profileLimits } from "../src/certificates/lets-encrypt";
import { forecastRenewal, type RenewalForecast } from "./checks/renewal-forecast";
import type { IDnsZone } from "./dns-zone";
import type { TerraformProvider } from "./engine";
import { isUnknown } from "./is-unknown";
import type { CertificateDetails, IssuedCertificate, IssueRequest } from "./issued-certificate";
import { mistakeIn } from "./mistake";

export interface ManagedCertificateProps {
  /** Names the certificate is good for: hosts and wildcards. The first one is the certificate's common name, if it has one. */
  readonly domainNames: readonly string[];
  /** The zone that holds all names; `zones` if there are several. */
  readonly zone?: IDnsZone;
  /**
   * The zones that hold the names, if there are several; with them those to which `_acme-challenge` names are delegated by
   * CNAME. Where one is, nothing is written in the zone of the name. @default `[zone]`
   */
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
  /** Block of our provider to use. @default the stack's default block, made on demand */
  readonly provider?: UnexpiredProvider;
  /** Block of the AWS provider, where ACM is the issuer or a zone is in Route 53. @default the stack's default block */
  readonly awsProvider?: TerraformProvider;
  /**
   * Whether the records that prove the names to ACM go with the certificate. Other certificates of the same names in
   * the account are renewed by the same records, in other stacks as well. Of zones in Edge DNS; those in Route 53
   * always go. @default false
   */
  readonly removeValidationRecords?: boolean;
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

  readonly keyAlgorithm: string;
  readonly issuer: CertificateIssuer;
  readonly renewal: RenewalPolicy;
  /** Identity in the account and region. */
  readonly certificateName: string;
  /** As certificates spell them: lower case, A-labels. */
  readonly domainNames: readonly string[];
  private readonly issued: IssuedCertificate;
  private reference?: string;
  private readonly ownRegion?: string;
  private readonly providers: Pick<ManagedCertificateProps, "provider" | "awsProvider">;

  constructor(scope: Construct, id: string, props: ManagedCertificateProps) {
    super(scope, id);
    const { settings } = props.issuer;
    const zones = this.zonesOf(props);
    this.keyAlgorithm = this.parseKeyAlgorithm(props.keyAlgorithm ?? defaultKeyAlgorithm);
    this.domainNames = checkDomainNames(this, props.domainNames, zones, settings);
    this.certificateName = props.name ?? this.node.path;
    this.ownRegion = this.parseRegion(props.region);
    checkTags(this, props.tags ?? {});
    checkTimeouts(this, props.timeouts ?? {});
    const { renewal, tags, timeouts, provider, awsProvider, removeValidationRecords = false } = props;
    this.issuer = props.issuer;
    this.renewal = renewal ?? {};
    this.providers = { provider, awsProvider };
    const { domainNames, keyAlgorithm, certificateName: name, ownRegion: region } = this;
    const wanted = { renewal, tags, timeouts, provider, awsProvider, removeValidationRecords };
    const request: IssueRequest = { ...wanted, name, domainNames, zones, keyAlgorithm, region };
    this.issued =
      settings.kind === "acm" ? issueByAcm(this, request, settings) : issueByAcme(this, request, acmeOf(settings));
  }

  /** Known once the certificate can be served. */
  get certificateArn(): string {
    return (this.reference ??= this.issued.certificateArn());
  }

  /** RFC 3339. Where ACM issues, empty until a refresh after the apply that made it: terraform read it before it was issued. */
  get notBefore(): string {
    return this.issued.notBefore();
  }

  /** As `notBefore`. */
  get notAfter(): string {
    return this.issued.notAfter();
  }

  /** Region it stands in: its own, or that of the provider block, as far as that is declared by now. */
  get region(): string | undefined {
    if (this.ownRegion !== undefined) return this.ownRegion;
    const { provider, awsProvider } = this.providers;
    return this.renewedBy === "acm" ? regionOfAws(this, awsProvider) : UnexpiredProvider.regionOf(this, provider);
  }

  /** `terraform`: an apply, through our provider. */
  get renewedBy(): "acm" | "terraform" {
    return this.issuer.settings.kind === "acm" ? "acm" : "terraform";
  }

  /** Undefined where ACM renews, where nothing does, and where the CA's lifetimes are not known. */
  get renewalForecast(): RenewalForecast | undefined {
    const { settings } = this.issuer;
    const lifetimeDays = settings.kind === "acm" ? undefined : profileLimits(settings)?.lifetimeDays;
    return lifetimeDays === undefined ? undefined : forecastRenewal(lifetimeDays, this.renewal);
  }

  /** Lower-case hex. Of an ACME-issued certificate, like the next four. */
  get serial(): string {
    return this.detail("serial");
  }

  /** SHA-256 over the certificate, lower-case hex. */
  get fingerprint(): string {
    return this.detail("fingerprint");
  }

  /** When it is to be renewed, as known at the last apply; RFC 3339. */
  get renewAt(): string {
    return this.detail("renewAt");
  }

  /** Why then. */
  get renewalReason(): string {
    return this.detail("renewalReason");
  }

  /** PEM, leaf first. */
  get certificateChain(): string {
    return this.detail("certificateChain");
  }

  private detail(key: keyof CertificateDetails): string {
    const { details } = this.issued;
    if (details !== undefined) return details[key];
    throw mistakeIn(this, {
      what: `${key} is not known of a certificate that ACM issues`,
      source: "aws_acm_certificate, attributes",
      fix: "use certificateArn, notBefore or notAfter",
    });
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

/** Without the word that tells the kinds apart: what is left are settings of the provider. */
function acmeOf({ kind: _, ...options }: Extract<IssuerSettings, { kind: "acme" }>): AcmeOptions {
  return options;
}
