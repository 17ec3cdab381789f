import { AwsError } from "../aws-error";

/** `material` is undefined until a certificate is issued. */
export type FindCertificate = (arn: string) => { readonly material?: unknown } | undefined;

/** A listener takes only what exists and is issued (ACM user guide, "Services integrated with ACM"). */
export function checkUsable(arn: string, find: FindCertificate): void {
  const found = find(arn);
  if (found === undefined) throw new AwsError("CertificateNotFound", `Certificate ARN '${arn}' is not valid`);
  if (found.material === undefined)
    throw new AwsError(
      "UnsupportedCertificate",
      `The certificate '${arn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
    );
}
