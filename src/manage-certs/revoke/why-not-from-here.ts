import type { ErrorCode } from "../../platform/errors";
import type { Estate, ScannedCertificate } from "../scan/estate";
import { globalPlace } from "../scan/scan-context";
import type { RevocationSubject } from "./revocation-subject";

export interface WhyNot {
  readonly code: ErrorCode;
  readonly why: string;
  readonly hint?: string;
}

/** What is not ours to revoke, or is not there, with the way out. */
export function whyNotFromHere({ arn, certificate, begun }: RevocationSubject, estate: Estate): WhyNot | undefined {
  if (certificate !== undefined) return whyNotOfOrigin(certificate);
  if (begun !== undefined) return undefined;
  const [, , , region = "", accountId = ""] = arn.split(":");
  const lost = estate.failures.find(
    (each) => (each.accountId ?? accountId) === accountId && [undefined, region, globalPlace].includes(each.region),
  );
  if (lost !== undefined)
    return {
      code: "aws_not_found",
      why: `${arn} was not found, and ${lost.service} could not be looked at: ${lost.error.message}`,
    };
  return {
    code: "aws_not_found",
    why: `${arn} is not there`,
    hint: "look for it with manage-certs scan; one that is gone from AWS is revoked with --leaf FILE",
  };
}

/**
 * AWS Certificate Manager user guide, "Revoke a public certificate" and "RevokeCertificate": of those that ACM issued,
 * only exported ones can be revoked, by ACM, and not for a compromised key; keys of all others never leave AWS.
 */
function whyNotOfOrigin({ arn, origin, status, region }: ScannedCertificate): WhyNot | undefined {
  const code = "certificate_not_revocable";
  switch (origin) {
    case "amazon-issued":
      return {
        code,
        why: "ACM issued it and keeps its key, which nobody can have stolen unless it was exported",
        hint: `if it was exported: aws acm revoke-certificate --region ${region} --certificate-arn ${arn} --revocation-reason SUPERSEDED; else request another one, attach it, and delete this one`,
      };
    case "private-ca":
      return {
        code,
        why: "a private CA of AWS issued it",
        hint: "its CA revokes it: aws acm-pca revoke-certificate, with the serial that manage-certs scan --json tells",
      };
    case "acme-endpoint":
      return {
        code,
        why: "an ACME client ordered it at ACM's own endpoint and holds its key",
        hint: `that client revokes it with its account; or: aws acm revoke-certificate --region ${region} --certificate-arn ${arn}`,
      };
    case "imported":
    case "iam":
      return status === "ISSUED" || status === "EXPIRED"
        ? undefined
        : { code, why: `it is not issued: ${status}`, hint: "there is nothing to revoke: delete it" };
  }
}
