/** TLS in front of a plain HTTP server on loopback, with a certificate of an authority that nobody knows. */
import { connect, type AddressInfo, type Socket } from "node:net";
import { createServer } from "node:tls";
import { createThrowawayCa } from "../../src/sandbox/throwaway-tls";

export interface TlsFront {
  /** `https://127.0.0.1:PORT` */
  readonly url: string;
  /** The authority that clients must trust. */
  readonly caPem: string;
  close(): Promise<void>;
}

export async function startTlsFront(plainUrl: string): Promise<TlsFront> {
  const ca = await createThrowawayCa();
  const { certPem, keyPem } = await ca.issue(["127.0.0.1"]);
  const { hostname, port } = new URL(plainUrl);
  const sockets = new Set<Socket>();
  const server = createServer({ cert: certPem, key: keyPem }, (outer) => {
    const inner = connect(Number(port), hostname);
    for (const [socket, other] of [[outer, inner] as const, [inner, outer] as const]) {
      sockets.add(socket);
      socket.on("error", () => other.destroy()).on("close", () => sockets.delete(socket));
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caPem: ca.caPem,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
