import { connect } from "node:net";

/** Who sent half a request is given so long, in milliseconds, before it is told that there will be no more. */
const silenceMs = 100;

export interface ExchangeOptions {
  /** Whether to wait for the answer, however long it takes. An HTTP server drops those whose client has said its last. */
  readonly isWhole?: boolean;
  /** Nobody is waited for longer. @default 20,000 */
  readonly patienceMs?: number;
}

/** Sends octets on a connection of their own, in these pieces, and resolves with all that comes back until it is closed. */
export function exchange(port: number, pieces: readonly Buffer[], options: ExchangeOptions = {}): Promise<Buffer> {
  const { isWhole = false, patienceMs = 20_000 } = options;
  return new Promise((resolve, reject) => {
    const received: Buffer[] = [];
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    const late = setTimeout(() => {
      socket.destroy();
      reject(
        new Error(`no end within ${patienceMs} ms of ${JSON.stringify(pieces.map(String).join("").slice(0, 500))}`),
      );
    }, patienceMs);
    const done = () => {
      clearTimeout(late);
      resolve(Buffer.concat(received));
    };
    if (!isWhole) socket.setTimeout(silenceMs, () => socket.end());
    socket.on("data", (octets) => received.push(octets));
    // who closes on what it does not want to read may reset the connection
    socket.on("error", () => undefined);
    socket.on("close", done);
    const send = ([first, ...more]: readonly Buffer[]) => {
      if (first !== undefined) socket.write(first, () => setImmediate(send, more));
    };
    socket.on("connect", () => send(pieces));
  });
}
