/**
 * Two roots and two intermediates with keys that are new at each start. Each intermediate is signed by both roots, so
 * that every certificate has a chain to the first root and an alternate one to the second (RFC 8555 7.4.2).
 */
import { generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";
import { certificatePem, extensions, keyIdentifier, signCertificate, subjectName } from "./x509-pieces";

export interface Intermediate {
  readonly name: Buffer;
  readonly key: KeyObject;
  readonly keyId: Buffer;
  /** The authority key identifier extension of what it issues. */
  readonly authorityKeyId: Buffer;
  /** Its certificate by the first root, then the one by the second. */
  readonly pems: readonly string[];
}

export interface IssuingHierarchy {
  readonly roots: readonly string[];
  readonly intermediates: readonly [Intermediate, Intermediate];
}

interface Authority {
  readonly name: Buffer;
  readonly key: KeyObject;
  readonly spki: Buffer;
  readonly keyId: Buffer;
}

const year = 365 * 24 * 3600 * 1000;

/** `owner` begins the names of the roots. */
export function createIssuingHierarchy(now: Date, owner = "Sandbox"): IssuingHierarchy {
  const roots = [authority(`${owner} Root X1`), authority(`${owner} Root X2`)];
  const validFrom = new Date(now.getTime() - 24 * 3600 * 1000);
  const certify = (subject: Authority, issuer: Authority, constraints: Buffer, years: number) =>
    certificatePem(
      signCertificate(
        {
          serial: newSerial(),
          issuer: issuer.name,
          subject: subject.name,
          notBefore: validFrom,
          notAfter: new Date(validFrom.getTime() + years * year),
          subjectPublicKeyInfo: subject.spki,
          extensions: [
            constraints,
            extensions.signsCertificatesAndLists,
            ...(subject === issuer ? [] : [extensions.serverAuth]),
            extensions.subjectKeyId(subject.keyId),
            ...(subject === issuer ? [] : [extensions.authorityKeyId(issuer.keyId)]),
          ],
        },
        issuer.key,
      ),
    );
  const intermediate = (commonName: string): Intermediate => {
    const subject = authority(commonName);
    return {
      name: subject.name,
      key: subject.key,
      keyId: subject.keyId,
      authorityKeyId: extensions.authorityKeyId(subject.keyId),
      pems: roots.map((root) => certify(subject, root, extensions.intermediateCa, 3)),
    };
  };
  return {
    roots: roots.map((root) => certify(root, root, extensions.ca, 15)),
    intermediates: [intermediate("SE1"), intermediate("SE2")],
  };
}

/**
 * 18 octets from the system's random source (at least 64 bits: Baseline Requirements 7.1). The first bit is random too,
 * so half of all serials carry a leading zero octet, which a certID keeps (RFC 9773 4.1).
 */
export function newSerial(): Buffer {
  const bytes = randomBytes(18);
  bytes[1] = (bytes[1] ?? 0) | 1;
  const start = bytes[0] === 0 ? 1 : 0;
  const minimal = bytes.subarray(start);
  return (minimal[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), minimal]) : minimal;
}

function authority(commonName: string): Authority {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ format: "der", type: "spki" });
  return { name: subjectName(commonName, "unexpired sandbox"), key: privateKey, spki, keyId: keyIdentifier(spki) };
}
