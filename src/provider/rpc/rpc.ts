/** The form of one RPC: its two messages and what is done between them. */
import type { Logger } from "../../platform/log";
import type { Diagnostics } from "../schema/diagnostics";
import type { Message } from "../wire/protobuf";
import type { Session } from "./session";

export interface Call {
  readonly session: Session;
  /** With the name of the RPC and the resource type in every line. */
  readonly log: Logger;
  /** Go into the answer, wherever its message has them. */
  readonly diagnostics: Diagnostics;
}

export interface Rpc<Request extends object = object, Response extends object = object> {
  readonly name: string;
  /** What its type name is that of: resources and data sources may share one. @default "resource" */
  readonly about?: "resource" | "data source";
  readonly request: Message<Request>;
  readonly response: Message<Response>;
  /** May throw: that becomes a diagnostic, and `fallback` the rest of the answer. */
  handle(request: Request, call: Call): Promise<Response> | Response;
  /** @default an empty answer */
  fallback?(request: Request): Response;
}

/** Erases the messages, so that RPCs fit one table. */
export function defineRpc<Request extends object, Response extends object>(rpc: Rpc<Request, Response>): Rpc {
  return rpc;
}
