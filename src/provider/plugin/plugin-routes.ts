/** The services go-plugin expects on a plugin's socket, beside the provider itself. */
import type { ProviderService } from "../rpc/service";
import type { GrpcRoutes } from "./grpc-server";

const empty = new Uint8Array();

/** status: SERVING (grpc.health.v1). */
const serving = Uint8Array.of(0x08, 0x01);

const providerPrefix = "/tfplugin6.Provider/";

export interface PluginRoutesOptions {
  readonly service: ProviderService;
  /** Called when core has no more use for the process; the answer is sent after it returns. */
  readonly onShutdown: () => void;
}

export function pluginRoutes({ service, onShutdown }: PluginRoutesOptions): GrpcRoutes {
  return {
    // core opens both at once: output is never streamed, nothing is ever brokered
    held: new Set(["/plugin.GRPCStdio/StreamStdio", "/plugin.GRPCBroker/StartStream"]),
    unary: (path, request) => {
      if (path.startsWith(providerPrefix)) return service.call(path.slice(providerPrefix.length), request);
      if (path === "/grpc.health.v1.Health/Check") return Promise.resolve(serving);
      if (path !== "/plugin.GRPCController/Shutdown") return undefined;
      onShutdown();
      return Promise.resolve(empty);
    },
  };
}
