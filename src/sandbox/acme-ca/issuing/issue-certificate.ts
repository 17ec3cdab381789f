import type { CertificateProfile } from "../profiles";
import type { SigningRequest } from "./certificate-signing-request";
import { newSerial, type Intermediate } from "./issuing-hierarchy";
import { certificatePem, extensions, keyIdentifier, signCertificate, subjectName } from "./x509-pieces";

export interface NewCertificate {
  readonly request: SigningRequest;
  /** What the order is for, in its order. */
  readonly names: readonly string[];
  readonly profile: CertificateProfile;
  readonly intermediate: Intermediate;
  /** @default it names no list */
  readonly revocationListUrl?: string;
  readonly now: Date;
}

export interface SignedCertificate {
  readonly der: Buffer;
  /** Hex, two digits per octet of the DER INTEGER, a leading zero octet included. */
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Leaf and intermediate: the default chain, then the alternate one. */
  readonly chains: readonly string[];
}

export function issueCertificate(issuance: NewCertificate): SignedCertificate {
  const { request, names, profile, intermediate, revocationListUrl, now } = issuance;
  const serial = newSerial();
  const begin = Math.floor(now.getTime() / 1000) - (profile.backdateSeconds ?? 3600);
  const notBefore = new Date(begin * 1000);
  // The last second belongs to the lifetime (RFC 5280 4.1.2.5).
  const notAfter = new Date((begin + profile.lifetimeSeconds - 1) * 1000);
  const commonName = profile.commonName ? chooseCommonName(request.commonName, names) : undefined;
  const rsa = request.publicKey.asymmetricKeyType === "rsa";
  const der = signCertificate(
    {
      serial,
      issuer: intermediate.name,
      subject: subjectName(commonName),
      notBefore,
      notAfter,
      subjectPublicKeyInfo: request.subjectPublicKeyInfo,
      extensions: [
        rsa && profile.keyEncipherment ? extensions.digitalSignatureAndKeyEncipherment : extensions.digitalSignature,
        extensions.serverAuth,
        extensions.notCa,
        ...(profile.subjectKeyId ? [extensions.subjectKeyId(keyIdentifier(request.subjectPublicKeyInfo))] : []),
        intermediate.authorityKeyId,
        ...(revocationListUrl === undefined ? [] : [extensions.revocationList(revocationListUrl)]),
        extensions.subjectAltName(names, commonName === undefined),
        extensions.domainValidated,
      ],
    },
    intermediate.key,
  );
  const pem = certificatePem(der);
  const chains = intermediate.pems.map((issuer) => pem + issuer);
  return { der, serial: serial.toString("hex"), notBefore, notAfter, chains };
}

/** The requested one if it fits into 64 characters (RFC 5280 A.1), else the first name that does, else none. */
export function chooseCommonName(requested: string | undefined, names: readonly string[]): string | undefined {
  const fits = (name: string) => name.length <= 64;
  return requested !== undefined && fits(requested) ? requested : names.find(fits);
}
