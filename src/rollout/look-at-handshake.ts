/** What a listener serves, good or bad: the chain as it was sent, and what a client that verifies would say. */
import type { X509Certificate } from "node:crypto";
import type { SecureContext, TLSSocket } from "node:tls";
import { normalSerial } from "../certificates/serial";
import { withTlsConnection, type TlsAddress } from "./tls-connection";

export interface SeenCertificate {
  /** Lower-case hex as `CertificateInfo` has it. */
  readonly serial: string;
  /** As node:crypto writes them, a line per attribute. */
  readonly subject: string;
  readonly issuer: string;
  readonly notAfter: Date;
  /** DNS names; empty for certificates of CAs. */
  readonly names: readonly string[];
}

export interface SeenHandshake {
  /** The leaf first, without what the server left out. */
  readonly chain: readonly SeenCertificate[];
  /** Why a client would refuse it; undefined if it would not. Without a server name, names are not compared. */
  readonly refusal?: string;
}

/** Errors: `handshake_failed` where there is no TLS, or nobody at all. */
export function lookAtHandshake(target: TlsAddress, trust: SecureContext | undefined): Promise<SeenHandshake> {
  const options = { rejectUnauthorized: false, ...(trust === undefined ? {} : { secureContext: trust }) };
  return withTlsConnection(target, options, (socket) => {
    const chain = sentBy(socket);
    return { chain: chain.map(toSeen), refusal: refusalOf(socket, chain[0], target.serverName) };
  });
}

function sentBy(socket: TLSSocket): X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let each = socket.getPeerX509Certificate(); each !== undefined; each = each.issuerCertificate) chain.push(each);
  return chain;
}

function toSeen(certificate: X509Certificate): SeenCertificate {
  // Node gives no text at all for a subject without attributes, which a certificate with names may have.
  const { serialNumber, subject = "", issuer = "", validTo, subjectAltName = "" } = certificate;
  const names = subjectAltName.split(", ").flatMap((entry) => (entry.startsWith("DNS:") ? [entry.slice(4)] : []));
  return { serial: normalSerial(serialNumber), subject, issuer, notAfter: new Date(validTo), names };
}

/** The refusal of a leaf that came alone and that no trusted root signed. */
export const missingIntermediate = "the intermediate is missing";

/** OpenSSL's words for what it found, by its code (openssl-verification-options(1)). */
const words: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "the certificate has expired",
  CERT_NOT_YET_VALID: "the certificate is not valid yet",
  UNABLE_TO_GET_ISSUER_CERT: "an issuer in the chain is missing",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the chain does not lead to a trusted root",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: missingIntermediate,
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "the chain ends in a root that is not trusted",
  CERT_REVOKED: "the certificate is revoked",
};

function refusalOf(
  { authorizationError: error }: TLSSocket,
  leaf: X509Certificate | undefined,
  serverName: string | undefined,
): string | undefined {
  const code = typeof error === "string" ? error : ((error as NodeJS.ErrnoException | null)?.code ?? "");
  if (code !== "" && code !== "ERR_TLS_CERT_ALTNAME_INVALID") return words[code] ?? code;
  // RFC 6125 6.4.4: the common name does not count.
  const isHeld = serverName === undefined || leaf?.checkHost(serverName, { subject: "never" }) !== undefined;
  return isHeld ? undefined : `the certificate does not hold ${serverName}`;
}
