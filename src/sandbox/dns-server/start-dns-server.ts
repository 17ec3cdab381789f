/**
 * Authoritative DNS over UDP and TCP for the sandbox's zones. Several servers can stand side by side, each as far behind
 * the zone store as it is told, like the name servers of a real zone after a change.
 */
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Server as TcpServer, type Socket } from "node:net";
import { AppError, messageOf } from "../../platform/errors";
import type { RequestGate } from "../request-gate";
import type { ZoneStore } from "../zone-store";
import type { ZoneView } from "./answer-question";
import { describeQuery, readQuery, respond, type Transport } from "./respond";

export interface NameServer {
  /** @default 127.0.0.1 */
  readonly host?: string;
  /** UDP and TCP. @default a free one */
  readonly port?: number;
  /** A write becomes visible here after so many milliseconds. Asked for at each question. @default 0 */
  readonly propagationDelayMs?: number;
}

export interface DnsServerOptions {
  readonly store: ZoneStore;
  readonly gate: RequestGate;
  /** @default one that is never behind */
  readonly servers?: readonly NameServer[];
}

export interface RunningDnsServer {
  /** The first server. */
  readonly host: string;
  readonly port: number;
  /** All of them, in the order of the options. */
  readonly servers: readonly { readonly host: string; readonly port: number }[];
  close(): Promise<void>;
}

interface Listener {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

export async function startDnsServer(options: DnsServerOptions): Promise<RunningDnsServer> {
  const listeners: Listener[] = [];
  const close = async () => void (await Promise.all(listeners.map((listener) => listener.close())));
  try {
    for (const server of options.servers ?? [{}]) listeners.push(await listen(server, options));
  } catch (error) {
    await close();
    throw error;
  }
  const [first] = listeners;
  if (first === undefined) throw new AppError("invalid_argument", "the sandbox's DNS needs at least one server");
  return { host: first.host, port: first.port, servers: listeners.map(({ host, port }) => ({ host, port })), close };
}

/** A port that is free for UDP may be taken for TCP, so a free one may need several tries. */
async function listen(server: NameServer, options: DnsServerOptions): Promise<Listener> {
  const host = server.host ?? "127.0.0.1";
  const answer = answerer(server, options);
  for (let tries = 1; ; tries++) {
    const udp = createSocket("udp4");
    const tcp = createServer();
    try {
      udp.bind(server.port ?? 0, host);
      await once(udp, "listening");
      const { port } = udp.address();
      tcp.listen(port, host);
      await once(tcp, "listening");
      return { host, port, close: serve(udp, tcp, answer) };
    } catch (error) {
      udp.close();
      if (server.port !== undefined || tries === 10)
        throw new AppError("network", `the sandbox's DNS cannot listen on ${host}: ${messageOf(error)}`, {
          cause: error,
        });
    }
  }
}

/** Undefined: say nothing, as if the packet was lost. */
type Answerer = (message: Buffer, transport: Transport) => Promise<Buffer | undefined>;

function answerer(server: NameServer, { store, gate }: DnsServerOptions): Answerer {
  const view: ZoneView = {
    get zones() {
      return store.zones();
    },
    zoneFor: (name) => {
      const zone = store.zoneOf(name);
      return zone === undefined ? undefined : store.zone(zone, server.propagationDelayMs ?? 0);
    },
  };
  return async (message, transport) => {
    const query = readQuery(message);
    if (query === undefined) return undefined;
    const verdict = await gate.enter({ part: "dns", ...describeQuery(query) });
    return verdict === "serve" ? respond(query, view, transport) : undefined;
  };
}

function serve(udp: UdpSocket, tcp: TcpServer, answer: Answerer): () => Promise<void> {
  const connections = new Set<Socket>();
  let closed = false;
  udp.on("message", (message, from) => {
    void answer(message, "udp").then((response) => {
      if (response !== undefined && !closed) udp.send(response, from.port, from.address);
    });
  });
  tcp.on("connection", (socket) => {
    connections.add(socket);
    socket.on("close", () => connections.delete(socket));
    socket.on("error", () => socket.destroy());
    readTcp(socket, answer);
  });
  return async () => {
    closed = true;
    for (const socket of connections) socket.destroy();
    udp.close();
    tcp.close();
    await Promise.all([once(udp, "close"), once(tcp, "close")]);
  };
}

/** Each message has its length in front, in two octets (RFC 1035 4.2.2). */
function readTcp(socket: Socket, answer: Answerer): void {
  let received = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0);
      const message = received.subarray(2, end);
      received = received.subarray(end);
      void answer(message, "tcp").then((response) => {
        if (response === undefined) socket.destroy();
        else if (!socket.destroyed) socket.write(Buffer.concat([lengthOf(response), response]));
      });
    }
  });
}

function lengthOf(response: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(response.length);
  return length;
}
