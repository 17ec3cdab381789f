import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { FrontEndNode } from "./front-end-node";
import type { ServedListener } from "./served-listener";

export interface FrontEndAddress {
  readonly host: string;
  readonly port: number;
}

export interface DoorOptions {
  readonly host: string;
  readonly nodes: number;
  readonly random: () => number;
  readonly now: () => Date;
}

/** One address of a front end, and the nodes behind it that take connections at random. */
export class FrontEndDoor {
  readonly nodes: readonly FrontEndNode[];
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;

  constructor(
    served: ServedListener,
    private readonly options: DoorOptions,
  ) {
    this.nodes = Array.from({ length: Math.max(1, options.nodes) }, () => new FrontEndNode(served, options.now));
  }

  /** Port 0 is one that the system chooses. Rejects where the port is taken. */
  async open(port: number): Promise<FrontEndAddress> {
    const { host, random } = this.options;
    const server = createServer((socket) => {
      this.sockets.add(socket.on("close", () => this.sockets.delete(socket)).on("error", () => socket.destroy()));
      this.nodes[Math.floor(random() * this.nodes.length)]?.accept(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(port, host, resolve);
    });
    this.server = server;
    return { host, port: (server.address() as AddressInfo).port };
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
  }
}
