/** What RequestCertificate takes (ACM API reference, RequestCertificate; ACM user guide, "Quotas"). */
import { createHash } from "node:crypto";
import { issuableKeyAlgorithms, type IssuableKeyAlgorithm } from "../../../certificates/key-algorithm";
import { AwsError } from "../aws-error";
import { optionalText, record, text, texts, type Input } from "../input";

export type Switch = "ENABLED" | "DISABLED";

export interface CertificateOptions {
  readonly transparencyLogging: Switch;
  readonly export: Switch;
}

export interface CertificateRequest {
  /** The first is the domain name; each once, in lower case. */
  readonly names: readonly string[];
  readonly keyAlgorithm: IssuableKeyAlgorithm;
  readonly options: CertificateOptions;
  readonly idempotencyToken?: string;
}

/** ACM user guide, "Public certificate characteristics", key algorithms that can be requested. */
const requestable: readonly string[] = ["RSA_2048", "EC_prime256v1", "EC_secp384r1"];

/** At the most one wildcard, as the whole first label; at least two labels. */
const domainName = /^(?:\*\.)?(?:(?!-)[a-z0-9-]{0,62}[a-z0-9]\.)+(?!-)[a-z0-9-]{1,62}[a-z0-9]$/;

/** The first name becomes the common name, which has room for 64 octets (RFC 5280 A.1; RequestCertificate, DomainName). */
const longestFirstName = 64;
const longestName = 253;

export function parseCertificateRequest(input: Input, namesQuota: number): CertificateRequest {
  if (input.CertificateAuthorityArn !== undefined) throw refuse("the sandbox has no private certificate authorities");
  if (optionalText(input, "ValidationMethod") !== "DNS")
    throw refuse("the sandbox validates by DNS alone; without ValidationMethod ACM would write e-mails");
  const first = text(input, "DomainName").toLowerCase();
  const others = texts(input, "SubjectAlternativeNames").map((name) => name.toLowerCase());
  const names = [...new Set([first, ...others])];
  for (const name of names)
    if (!domainName.test(name) || name.length > longestName)
      throw refuse(`Value '${name}' at 'domainName' failed to satisfy constraint: Member must be a domain name`);
  if (first.length > longestFirstName)
    throw refuse(`The first domain name can have ${longestFirstName} octets at most: ${first}`);
  if (names.length > namesQuota)
    throw new AwsError("LimitExceededException", `The certificate has more names than the quota of ${namesQuota}.`);
  const keyAlgorithm = optionalText(input, "KeyAlgorithm") ?? "RSA_2048";
  const known = issuableKeyAlgorithms.find((each) => each === keyAlgorithm);
  if (known === undefined || !requestable.includes(keyAlgorithm))
    throw refuse(`The key algorithm ${keyAlgorithm} cannot be requested.`);
  const options = parseOptions(record(input, "Options"), { transparencyLogging: "ENABLED", export: "DISABLED" });
  return { names, keyAlgorithm: known, options, idempotencyToken: optionalText(input, "IdempotencyToken") };
}

export function parseOptions(given: Input, before: CertificateOptions): CertificateOptions {
  const read = (name: string, fallback: Switch): Switch => {
    const value = optionalText(given, name) ?? fallback;
    if (value === "ENABLED" || value === "DISABLED") return value;
    throw refuse(`Value '${value}' at '${name}' must be one of ENABLED, DISABLED`);
  };
  return {
    transparencyLogging: read("CertificateTransparencyLoggingPreference", before.transparencyLogging),
    export: read("Export", before.export),
  };
}

/** Name and value of a CNAME, with final dots. */
export interface ValidationRecord {
  readonly name: string;
  readonly value: string;
}

/**
 * The record that proves a name: the same for every certificate of an account, and the same for a wildcard as for the
 * name below it (ACM user guide, "DNS validation").
 */
export function validationRecord(accountId: string, name: string): ValidationRecord {
  const base = name.replace(/^\*\./, "");
  const digest = createHash("sha512").update(`${accountId} ${base}`).digest("hex");
  const letters = digest.slice(64, 84).match(/../g) ?? [];
  const shard = letters.map((pair) => String.fromCharCode(97 + (parseInt(pair, 16) % 26))).join("");
  return {
    name: `_${digest.slice(0, 32)}.${base}.`,
    value: `_${digest.slice(32, 64)}.${shard}.acm-validations.aws.`,
  };
}

function refuse(why: string): AwsError {
  return new AwsError("ValidationException", why);
}
