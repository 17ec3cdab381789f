/** What a listener really serves: one new TLS connection, verified, with nothing resumed. */
import type { DetailedPeerCertificate } from "node:tls";
import { normalSerial } from "../certificates/serial";
import { withTlsConnection, type TlsAddress } from "./tls-connection";

export interface Handshake {
  /** Lower-case hex as `CertificateInfo` has it. */
  readonly serial: string;
  readonly notAfter: Date;
  /** Certificates from the leaf up to the trusted root, both included. */
  readonly chainLength: number;
}

/** The server name is checked against the certificate as well; without it none is. */
export interface HandshakeTarget extends TlsAddress {
  /** PEM of the roots to trust. */
  readonly ca: string;
}

/** Errors: `handshake_failed`, naming the listener, the name and why. */
export function shakeHands({ ca, ...target }: HandshakeTarget): Promise<Handshake> {
  const check = target.serverName === undefined ? { checkServerIdentity: () => undefined } : {};
  return withTlsConnection(target, { ca, ...check }, (socket) => {
    const peer = socket.getPeerCertificate(true);
    return {
      serial: normalSerial(peer.serialNumber),
      notAfter: new Date(peer.valid_to),
      chainLength: lengthOf(peer),
    };
  });
}

/** Counts up to the trusted root, which Node appends to what was sent and lets issue itself. */
function lengthOf(leaf: DetailedPeerCertificate): number {
  const isLast = leaf.issuerCertificate === undefined || leaf.issuerCertificate.fingerprint256 === leaf.fingerprint256;
  return isLast ? 1 : 1 + lengthOf(leaf.issuerCertificate);
}
