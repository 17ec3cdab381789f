import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import { AppError, messageOf } from "../platform/errors";

/** Where to shake hands. */
export interface TlsAddress {
  readonly host: string;
  readonly port: number;
  /** Sent as SNI; without it no name is sent. */
  readonly serverName?: string;
  /** @default 10,000 ms */
  readonly timeoutMs?: number;
  /** Ends the handshake. */
  readonly signal?: AbortSignal;
}

/**
 * Opens one new TLS connection, with nothing resumed, reads something of it, and closes it.
 * Errors: `handshake_failed`, naming the listener, the name and why.
 */
export function withTlsConnection<T>(
  target: TlsAddress,
  options: Pick<ConnectionOptions, "ca" | "secureContext" | "rejectUnauthorized" | "checkServerIdentity">,
  read: (socket: TLSSocket) => T,
): Promise<T> {
  const { host, port, serverName, timeoutMs = 10_000, signal } = target;
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, servername: serverName ?? "", ...options });
    const fail = (why: string, cause?: unknown) => {
      socket.destroy();
      reject(failure(target, why, cause));
    };
    const abort = () => fail("it was cancelled", signal?.reason);
    socket.setTimeout(timeoutMs, () => fail(`no answer within ${timeoutMs / 1000} s`));
    socket.once("error", (error) => fail(messageOf(error), error));
    socket.once("close", () => {
      signal?.removeEventListener("abort", abort);
      fail("the connection was closed");
    });
    socket.once("secureConnect", () => {
      try {
        resolve(read(socket));
      } catch (error) {
        fail(messageOf(error), error);
      }
      socket.destroy();
    });
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort, { once: true });
  });
}

function failure({ host, port, serverName }: TlsAddress, why: string, cause: unknown): AppError {
  const name = serverName === undefined ? "without a name" : `for ${serverName}`;
  return new AppError("handshake_failed", `the TLS handshake with ${host}:${port} ${name} failed: ${why}`, {
    retryable: true,
    cause,
    facts: { host, port, serverName, why },
  });
}
