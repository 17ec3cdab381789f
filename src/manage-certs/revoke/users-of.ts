import type { Attachment, Estate, ScannedCertificate } from "../scan/estate";
import type { LeafToRevoke } from "./leaf-to-revoke";

export interface Twin {
  readonly arn: string;
  readonly users: readonly string[];
  /** Whether it is to be revoked under that ARN as well. */
  readonly isNamed: boolean;
}

/** The very same certificate under other ARNs: a revocation is felt there, too. */
export function twinsOf(
  { info: { serial }, keyFingerprint }: LeafToRevoke,
  arn: string,
  { certificates, attachments }: Estate,
  named: ReadonlySet<string>,
): Twin[] {
  const twins = certificates.filter(
    (each) => each.arn !== arn && each.serial === serial && each.chain?.keyFingerprint === keyFingerprint,
  );
  return twins.map((each) => ({ arn: each.arn, users: usersOf(each, attachments), isNamed: named.has(each.arn) }));
}

/** For people: its places, and what ACM names beside them. */
export function usersOf(certificate: ScannedCertificate, attachments: readonly Attachment[]): string[] {
  const own = attachments.filter(({ certificateArn }) => certificateArn === certificate.arn);
  return [...own.map(({ point, role }) => `${point.name} (${role})`), ...usersUnseen(certificate, own)];
}

/**
 * What uses it by ACM's word and is no place that we know. Of a domain name of API Gateway, ACM names what serves it
 * inside an account of AWS's own.
 */
export function usersUnseen({ accountId, inUseBy }: ScannedCertificate, attachments: readonly Attachment[]): string[] {
  const known = attachments.map(({ point }) => point.arn);
  const hasDomainName = attachments.some(({ point }) => point.kind.endsWith("domain-name"));
  return inUseBy.filter((arn) => !known.includes(arn) && !(hasDomainName && arn.split(":")[4] !== accountId));
}
