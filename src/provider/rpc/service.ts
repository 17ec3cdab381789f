/** Answers RPCs: bytes in, bytes out. Whatever a handler throws becomes a diagnostic, never an error of the transport. */
import { messageOf } from "../../platform/errors";
import type { Logger } from "../../platform/log";
import { Diagnostics } from "../schema/diagnostics";
import type { BlockType } from "../wire/block-type";
import type { WireDiagnostic } from "../wire/tfplugin6/common";
import { withFields } from "./call-log";
import { rpcs } from "./rpcs";
import type { Rpc } from "./rpc";
import { Session, type SessionOptions } from "./session";
import { wireDiagnostic } from "./wire-diagnostics";

export interface ProviderService {
  /** Undefined for a name that is not in the protocol version we speak. */
  call(name: string, request: Uint8Array): Promise<Uint8Array> | undefined;
  /** As StopProvider: for a parent that went away without saying so. */
  stop(): void;
}

export function createProviderService(options: SessionOptions): ProviderService {
  const session = new Session(options);
  return {
    call: (name, request) => {
      const rpc = rpcs.get(name);
      return rpc === undefined ? undefined : answer(rpc, request, session);
    },
    stop: () => session.stop(),
  };
}

async function answer(rpc: Rpc, bytes: Uint8Array, session: Session): Promise<Uint8Array> {
  const diagnostics = new Diagnostics();
  let request: RequestSubject = {};
  let log = withFields(session.log, { tf_rpc: rpc.name });
  let response: object;
  try {
    request = rpc.request.decode(bytes);
    log = withFields(log, { tf_resource_type: request.typeName });
    log.log("trace", "call received");
    response = await rpc.handle(request, { session, log, diagnostics });
  } catch (error) {
    diagnostics.thrown(error);
    logFailure(log, error);
    response = rpc.fallback?.(request) ?? {};
  }
  const wire = diagnostics.all.map((diagnostic) => wireDiagnostic(diagnostic, blockOf(rpc, request, session)));
  log.log("trace", "call answered", { diagnostics: wire.length });
  return rpc.response.encode(withDiagnostics(response, wire));
}

interface RequestSubject {
  readonly typeName?: string;
}

function withDiagnostics(response: object, diagnostics: readonly WireDiagnostic[]): object {
  return diagnostics.length === 0 ? response : { ...response, diagnostics };
}

/** Whose attributes the paths of diagnostics speak of. */
function blockOf({ about }: Rpc, { typeName }: RequestSubject, { provider }: Session): BlockType {
  const types = about === "data source" ? (provider.dataSources ?? []) : provider.resources;
  return types.find((each) => each.typeName === typeName)?.schema ?? provider.schema;
}

/** The stack goes to the log (TF_LOG), not to the user. */
function logFailure(log: Logger, error: unknown): void {
  log.log("error", messageOf(error), { stack: error instanceof Error ? error.stack : undefined });
}
