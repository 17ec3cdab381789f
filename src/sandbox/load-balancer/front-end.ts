import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { FrontEndNode } from "./front-end-node";
import type { ServedListener } from "./served-listener";

export interface FrontEndOptions {
  readonly random: () => number;
  readonly now: () => Date;
  readonly nodes: number;
}

export interface FrontEndAddress {
  readonly host: string;
  readonly port: number;
}

/** The TLS side of one listener: an address on loopback, and nodes behind it that take connections at random. */
export class FrontEnd {
  private readonly nodes: readonly FrontEndNode[];
  private readonly sockets = new Set<Socket>();
  private readonly pending = new Set<NodeJS.Timeout>();
  private readonly server: Server;

  constructor(
    served: ServedListener,
    private readonly options: FrontEndOptions,
  ) {
    this.nodes = Array.from({ length: Math.max(1, options.nodes) }, () => new FrontEndNode(served, options.now));
    this.server = createServer((socket) => {
      this.sockets.add(socket.on("close", () => this.sockets.delete(socket)).on("error", () => socket.destroy()));
      this.nodes[Math.floor(options.random() * this.nodes.length)]?.accept(socket);
    });
  }

  async start(): Promise<FrontEndAddress> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    return { host: "127.0.0.1", port: (this.server.address() as AddressInfo).port };
  }

  /** Reaches the nodes one after the other, the last one after this delay. */
  serve(served: ServedListener, delayMs: number): void {
    // What is still under way is older; it must not come after a change that takes no time.
    if (delayMs === 0) this.forgetPending();
    this.nodes.forEach((node, index) => {
      const after = (delayMs * (index + 1)) / this.nodes.length;
      if (after === 0) {
        node.serve(served);
        return;
      }
      const timer = setTimeout(() => {
        this.pending.delete(timer);
        node.serve(served);
      }, after);
      this.pending.add(timer);
    });
  }

  async close(): Promise<void> {
    this.forgetPending();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private forgetPending(): void {
    for (const timer of this.pending) clearTimeout(timer);
    this.pending.clear();
  }
}
