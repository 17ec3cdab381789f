/** A provider inside the running program, for tests and debuggers: terraform attaches to it and starts no process. */
import { once } from "node:events";
import { rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { systemClock, type Clock } from "../../platform/clock";
import { silentLogger, type Logger } from "../../platform/log";
import type { Provider } from "../rpc/provider";
import { createProviderService } from "../rpc/service";
import { createGrpcServer } from "./grpc-server";
import { listen } from "./listen";
import { pluginRoutes } from "./plugin-routes";

export interface ServeReattachOptions {
  /** @default the system's */
  readonly clock?: Clock;
  /** @default silence */
  readonly log?: Logger;
}

export interface ReattachedProvider {
  /** Value of the environment variable TF_REATTACH_PROVIDERS. */
  readonly reattach: string;
  close(): Promise<void>;
}

export async function serveReattach(
  provider: Provider,
  { clock = systemClock, log = silentLogger }: ServeReattachOptions = {},
): Promise<ReattachedProvider> {
  const service = createProviderService({ provider, log, clock });
  const server = createGrpcServer(pluginRoutes({ service, onShutdown: () => undefined }));
  const connections = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  const { endpoint, folder } = await listen(server, [tmpdir(), "/tmp"], process.platform);
  const entry = {
    Protocol: "grpc",
    ProtocolVersion: 6,
    Pid: process.pid,
    // core neither shuts down nor kills what is a test
    Test: true,
    Addr: { Network: endpoint.network, String: endpoint.address },
  };
  return {
    reattach: JSON.stringify({ [provider.address]: entry }),
    close: async () => {
      service.stop();
      for (const socket of connections) socket.destroy();
      server.close();
      await once(server, "close");
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
