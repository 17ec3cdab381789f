import { connect, type PeerCertificate } from "node:tls";
import { X509Certificate } from "node:crypto";

export interface Handshake {
  /** Lower-case hex as `CertificateInfo` has it. */
  readonly serial: string;
  /** Certificates sent, the leaf included. */
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

/** Node appends the trusted root to what was sent, and lets the last one issue itself. */
function lengthOf(leaf: ReturnType<import("node:tls").TLSSocket["getPeerCertificate"]>): number {
  let count = 1;
  let current = leaf as PeerCertificate & { issuerCertificate?: PeerCertificate };
  while (current.issuerCertificate && current.issuerCertificate.fingerprint256 !== current.fingerprint256) {
    current = current.issuerCertificate;
    count++;
  }
  return count;
}
