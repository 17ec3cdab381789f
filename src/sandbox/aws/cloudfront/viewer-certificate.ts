/** What CloudFront wants of a viewer certificate (CloudFront developer guide, requirements for certificates). */
import { isWildcard, matchesHost, parseDomainName, type DomainName } from "../../../certificates/domain-name";
import type { KeyAlgorithm } from "../../../certificates/key-algorithm";
import type { ImportedMaterial } from "../acm/imported-material";
import { AwsError } from "../aws-error";
import { optionalText, record, type Input } from "../input";

/** P-384 and P-521 are no viewer's, nor are RSA keys of other sizes. */
const accepted: readonly KeyAlgorithm[] = ["RSA_2048", "RSA_3072", "EC_prime256v1"];

interface FoundCertificate {
  readonly material?: ImportedMaterial;
}

export interface CertificateFinders {
  /** A certificate of ACM in us-east-1; undefined for every other. */
  readonly findCertificate: (arn: string) => FoundCertificate | undefined;
  /** A server certificate of IAM by its ID. */
  readonly findServerCertificate: (id: string) => (FoundCertificate & { readonly path: string }) | undefined;
}

const invalid = (message: string) => new AwsError("InvalidViewerCertificate", message);

const unusable =
  "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.";

/** ARN of a certificate of ACM, or ID of one of IAM; undefined for CloudFront's own. */
export function certificateIdOf(config: Input): string | undefined {
  const given = record(config, "ViewerCertificate");
  return optionalText(given, "ACMCertificateArn") || optionalText(given, "IAMCertificateId") || undefined;
}

/** Of IAM's, CloudFront sees what is below a path of its own (CloudFront developer guide, "Importing a certificate"). */
export function findViewerCertificate(config: Input, find: CertificateFinders): FoundCertificate | undefined {
  const id = certificateIdOf(config);
  if (id === undefined) return undefined;
  if (id.startsWith("arn:")) return find.findCertificate(id);
  const found = find.findServerCertificate(id);
  return found?.path.startsWith("/cloudfront/") ? found : undefined;
}

/**
 * ViewerCertificate as CloudFront keeps it, in its API's words: exactly one certificate, with how it is served, and the
 * members that older clients read (CloudFront API reference, ViewerCertificate).
 */
export function readViewerCertificate(
  config: Input,
  aliases: readonly string[],
  find: CertificateFinders,
  now: Date,
): Input {
  const given = record(config, "ViewerCertificate");
  const id = certificateIdOf(config);
  const isDefault = id === undefined;
  if (optionalText(given, "ACMCertificateArn") && optionalText(given, "IAMCertificateId"))
    throw new AwsError("InvalidArgument", "A distribution has one viewer certificate: of ACM or of IAM.");
  if (!isDefault && given.CloudFrontDefaultCertificate === "true")
    throw new AwsError("InvalidArgument", "A distribution has one viewer certificate: CloudFront's or another one.");
  if (isDefault) {
    if (aliases.length > 0)
      throw invalid(
        "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.",
      );
    return {
      CloudFrontDefaultCertificate: "true",
      SSLSupportMethod: "vip",
      MinimumProtocolVersion: "TLSv1",
      CertificateSource: "cloudfront",
    };
  }
  const method = optionalText(given, "SSLSupportMethod");
  if (method === undefined)
    throw new AwsError("InvalidArgument", "SSLSupportMethod is required with a certificate of ACM or IAM.");
  checkCertificate(findViewerCertificate(config, find)?.material, aliases, now);
  const isAcm = id.startsWith("arn:");
  return {
    CloudFrontDefaultCertificate: "false",
    ...(isAcm ? { ACMCertificateArn: id } : { IAMCertificateId: id }),
    SSLSupportMethod: method,
    // CloudFront API reference, ViewerCertificate, MinimumProtocolVersion: TLSv1 unless something else is asked for.
    MinimumProtocolVersion: optionalText(given, "MinimumProtocolVersion") ?? "TLSv1",
    Certificate: id,
    CertificateSource: isAcm ? "acm" : "iam",
  };
}

function checkCertificate(material: ImportedMaterial | undefined, aliases: readonly string[], now: Date): void {
  if (material === undefined || material.chainPem === "") throw invalid(unusable);
  const { info } = material;
  if (info.notAfter < now || info.notBefore > now || !accepted.includes(info.keyAlgorithm)) throw invalid(unusable);
  const other = aliases.find((alias) => !info.names.some((name) => covers(name, alias)));
  if (other !== undefined)
    throw invalid(
      `The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add: ${other}.`,
    );
}

/** A wildcard alias wants the same wildcard in the certificate. */
function covers(name: DomainName, alias: string): boolean {
  try {
    const host = parseDomainName(alias);
    return isWildcard(host) ? name === host : matchesHost(name, host);
  } catch {
    return false;
  }
}
