/** Where a certificate and its key come from, in the words of ACM's API (ACM API reference, CertificateDetail). */
import type { CertificateRecord } from "./acm-state";

export type CertificateType = "AMAZON_ISSUED" | "PRIVATE" | "IMPORTED";

export type KeyPairOrigin = "AWS_MANAGED" | "ACME" | "CUSTOMER_PROVIDED";

type OriginFacts = Pick<CertificateRecord, "issuance" | "privateAuthorityArn" | "acme">;

export function typeOf({ issuance, privateAuthorityArn, acme }: OriginFacts): CertificateType {
  if (privateAuthorityArn !== undefined) return "PRIVATE";
  return issuance !== undefined || acme !== undefined ? "AMAZON_ISSUED" : "IMPORTED";
}

export function keyPairOriginOf(record: OriginFacts): KeyPairOrigin {
  if (record.acme !== undefined) return "ACME";
  return typeOf(record) === "IMPORTED" ? "CUSTOMER_PROVIDED" : "AWS_MANAGED";
}
