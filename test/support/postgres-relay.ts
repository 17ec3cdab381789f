/** Stands between a client and a PostgreSQL server, to do to their connection what networks and poolers do. */
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PostgresServer } from "./postgres-server";

const socketName = ".s.PGSQL.5432";

export interface PostgresRelayOptions {
  /** Answers with numbers of server processes of its own making, as poolers do. @default false */
  readonly isPooler?: boolean;
}

export class PostgresRelay {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly folder: string,
    private readonly server: Server,
  ) {}

  static async start(
    upstream: PostgresServer,
    { isPooler = false }: PostgresRelayOptions = {},
  ): Promise<PostgresRelay> {
    const folder = mkdtempSync(join(tmpdir(), "adp-relay-"));
    const server = createServer();
    const relay = new PostgresRelay(folder, server);
    server.on("connection", (client) => {
      const backend = connect(join(upstream.socketFolder, socketName));
      for (const [from, to] of [
        [client, backend],
        [backend, client],
      ] as const) {
        relay.sockets.add(from);
        from.on("data", (chunk) => to.write(isPooler && from === backend ? withOtherProcess(chunk) : chunk));
        from.on("error", () => to.destroy());
        from.on("close", () => to.destroy());
      }
    });
    await new Promise<void>((resolve) => server.listen(join(folder, socketName), resolve));
    return relay;
  }

  get socketFolder(): string {
    return this.folder;
  }

  /** Connections stay, but nothing gets through any more. */
  freeze(): void {
    for (const socket of this.sockets) socket.pause();
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.folder, { recursive: true });
  }
}

/** BackendKeyData: the letter K, the length 12, the number of the process, a key. */
function withOtherProcess(chunk: Buffer): Buffer {
  const at = chunk.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]));
  if (at >= 0) chunk.writeInt32BE(chunk.readInt32BE(at + 5) + 1, at + 5);
  return chunk;
}
