/** What a listener really serves: one new TLS connection, verified, with nothing resumed. */
import { connect, type DetailedPeerCertificate } from "node:tls";
import { AppError, messageOf } from "../platform/errors";

export interface Handshake {
  /** Lower-case hex as `CertificateInfo` has it. */
  readonly serial: string;
  readonly notAfter: Date;
  /** Certificates from the leaf up to the trusted root, both included. */
  readonly chainLength: number;
}

export interface HandshakeTarget {
  readonly host: string;
  readonly port: number;
  /** Sent as SNI and checked against the certificate; without it no name is sent, and none is checked. */
  readonly serverName?: string;
  /** PEM of the roots to trust. */
  readonly ca: string;
  /** @default 10,000 ms */
  readonly timeoutMs?: number;
}

/** Errors: `handshake_failed`, naming the listener, the name and why. */
export function shakeHands(target: HandshakeTarget): Promise<Handshake> {
  const { host, port, ca, serverName, timeoutMs = 10_000 } = target;
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      ca,
      servername: serverName ?? "",
      ...(serverName === undefined ? { checkServerIdentity: () => undefined } : {}),
    });
    const fail = (why: string, cause?: unknown) => {
      socket.destroy();
      reject(failure(target, why, cause));
    };
    socket.setTimeout(timeoutMs, () => fail(`no answer within ${timeoutMs / 1000} s`));
    socket.once("error", (error) => fail(messageOf(error), error));
    socket.once("close", () => fail("the connection was closed"));
    socket.once("secureConnect", () => {
      const peer = socket.getPeerCertificate(true);
      resolve({ serial: serialOf(peer), notAfter: new Date(peer.valid_to), chainLength: lengthOf(peer) });
      socket.destroy();
    });
  });
}

function failure({ host, port, serverName }: HandshakeTarget, why: string, cause: unknown): AppError {
  const name = serverName === undefined ? "without a name" : `for ${serverName}`;
  return new AppError("handshake_failed", `the TLS handshake with ${host}:${port} ${name} failed: ${why}`, {
    retryable: true,
    cause,
    facts: { host, port, serverName },
  });
}

/** Node writes the number in upper case without leading zeros; DER has a zero octet where the first bit is set. */
function serialOf({ serialNumber }: DetailedPeerCertificate): string {
  const digits = serialNumber.toLowerCase();
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return /^[89a-f]/.test(even) ? `00${even}` : even;
}

/** Counts up to the trusted root, which Node appends to what was sent and lets issue itself. */
function lengthOf(leaf: DetailedPeerCertificate): number {
  const isLast = leaf.issuerCertificate === undefined || leaf.issuerCertificate.fingerprint256 === leaf.fingerprint256;
  return isLast ? 1 : 1 + lengthOf(leaf.issuerCertificate);
}
