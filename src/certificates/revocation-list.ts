/** Lists of revoked certificates (RFC 5280 5), as far as they answer whether one certificate is on them. */
import { verify, X509Certificate } from "node:crypto";
import { AppError } from "../platform/errors";
import { childrenOf, oidText, readDer, type DerElement } from "../platform/der-reader";
import { signatureHashes } from "./signature-hashes";

export interface RevocationListed {
  readonly thisUpdate: Date;
  /** When the next list is published at the latest. */
  readonly nextUpdate?: Date;
  /** Undefined where the certificate is not on the list. */
  readonly revoked?: { readonly at: Date; /** RFC 5280 5.3.1. */ readonly reasonCode: number };
}

const reasonCodeOid = "2.5.29.21";
const integerTag = 0x02;
const sequenceTag = 0x30;

/**
 * Looks a serial (hex of the DER INTEGER) up in a list in DER, which the issuer (PEM) must have signed: it comes over
 * plain HTTP. Errors: `certificate_malformed`.
 */
export function lookUpInRevocationList(der: Buffer, issuerPem: string, serial: string): RevocationListed {
  try {
    return lookUp(der, new X509Certificate(issuerPem), Buffer.from(serial, "hex"));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("certificate_malformed", "the list of revoked certificates cannot be read", { cause: error });
  }
}

function lookUp(der: Buffer, issuer: X509Certificate, serial: Buffer): RevocationListed {
  const [toBeSigned, algorithm, signature] = childrenOf(readDer(der));
  if (toBeSigned === undefined || algorithm === undefined || signature === undefined) throw new RangeError("too short");
  const [oid] = childrenOf(algorithm);
  const hash = oid && signatureHashes[oidText(oid)];
  // the first octet of a BIT STRING counts unused bits
  if (hash === undefined || !verify(hash, toBeSigned.whole, issuer.publicKey, signature.content.subarray(1)))
    throw new AppError("certificate_malformed", `the list of revoked certificates is not signed by ${issuer.subject}`);
  // version (present in v2), signature, issuer, thisUpdate, nextUpdate, revokedCertificates, extensions
  const fields = childrenOf(toBeSigned);
  const [, , thisUpdate, ...others] = fields[0]?.tag === integerTag ? fields.slice(1) : fields;
  const [next] = others.filter(isTime);
  const entries = others.find(({ tag }) => tag === sequenceTag);
  const entry = entries && childrenOf(entries).find((each) => childrenOf(each)[0]?.content.equals(serial));
  return {
    thisUpdate: dateOf(thisUpdate),
    nextUpdate: next && dateOf(next),
    revoked: entry && readEntry(entry),
  };
}

function readEntry(entry: DerElement): { at: Date; reasonCode: number } {
  const [, at, extensions] = childrenOf(entry);
  const reason = (extensions ? childrenOf(extensions) : [])
    .map(childrenOf)
    .find(([oid]) => oid !== undefined && oidText(oid) === reasonCodeOid)
    ?.at(-1);
  // without the extension it is unspecified (RFC 5280 5.3.1)
  return { at: dateOf(at), reasonCode: reason === undefined ? 0 : (readDer(reason.content).content[0] ?? 0) };
}

const utcTimeTag = 0x17;
const generalizedTimeTag = 0x18;

function isTime({ tag }: DerElement): boolean {
  return tag === utcTimeTag || tag === generalizedTimeTag;
}

/** RFC 5280 5.1.2.4: UTCTime through 2049, GeneralizedTime from 2050 on. */
function dateOf(element: DerElement | undefined): Date {
  const text = element?.content.toString("latin1") ?? "";
  const digits = element?.tag === utcTimeTag ? `${Number(text.slice(0, 2)) < 50 ? "20" : "19"}${text}` : text;
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits) ?? [];
  if (year === undefined) throw new RangeError(`"${text}" is no time`);
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
