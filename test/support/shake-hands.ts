import { connect, type DetailedPeerCertificate } from "node:tls";
import { X509Certificate } from "node:crypto";

export interface Handshake {
  /** Lower-case hex as `CertificateInfo` has it. */
  readonly serial: string;
  /** Certificates from the leaf up to the trusted root, both included. */
  readonly chainLength: number;
}

export interface HandshakeTarget {
  readonly host: string;
  readonly port: number;
  /** Sent as SNI and checked against the certificate; without it no name is sent. */
  readonly serverName?: string;
  /** Roots to trust. */
  readonly ca: string;
}

/** One new TLS connection, verified against the CA; rejects where verification fails. */
export function shakeHands({ host, port, serverName, ca }: HandshakeTarget): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      ca,
      servername: serverName ?? "",
      ...(serverName === undefined ? { checkServerIdentity: () => undefined } : {}),
    });
    socket.once("error", reject);
    socket.once("secureConnect", () => {
      const peer = socket.getPeerCertificate(true);
      const digits = new X509Certificate(peer.raw).serialNumber.toLowerCase();
      const serial = /^[89a-f]/.test(digits) ? `00${digits}` : digits;
      resolve({ serial, chainLength: lengthOf(peer) });
      socket.destroy();
    });
  });
}

/** Counts up to the trusted root, which Node appends to what was sent and lets issue itself. */
function lengthOf(leaf: DetailedPeerCertificate): number {
  const isLast = leaf.issuerCertificate === undefined || leaf.issuerCertificate.fingerprint256 === leaf.fingerprint256;
  return isLast ? 1 : 1 + lengthOf(leaf.issuerCertificate);
}
