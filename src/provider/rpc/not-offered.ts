/** RPCs about ephemeral resources and functions. Our schema has none, so core never asks; if it does, it is told. */
import { AppError } from "../../platform/errors";
import type { Message } from "../wire/protobuf";
import { CallFunctionRequest, TypeNameRequest } from "../wire/tfplugin6/requests";
import {
  CallFunctionResponse,
  CloseEphemeralResourceResponse,
  OpenEphemeralResourceResponse,
  RenewEphemeralResourceResponse,
  ValidateEphemeralResourceConfigResponse,
} from "../wire/tfplugin6/responses";
import { defineRpc, type Rpc } from "./rpc";

function refused<Response extends object>(name: string, kind: string, response: Message<Response>): Rpc {
  return defineRpc({
    name,
    request: TypeNameRequest,
    response,
    handle: ({ typeName = "" }) => {
      throw new AppError("provider_value", `there is no ${kind} ${typeName} in this provider`);
    },
  });
}

export const notOffered: readonly Rpc[] = [
  refused("ValidateEphemeralResourceConfig", "ephemeral resource", ValidateEphemeralResourceConfigResponse),
  refused("OpenEphemeralResource", "ephemeral resource", OpenEphemeralResourceResponse),
  refused("RenewEphemeralResource", "ephemeral resource", RenewEphemeralResourceResponse),
  refused("CloseEphemeralResource", "ephemeral resource", CloseEphemeralResourceResponse),
  // this answer has an error of its own in place of diagnostics
  defineRpc({
    name: "CallFunction",
    request: CallFunctionRequest,
    response: CallFunctionResponse,
    handle: ({ name = "" }) => ({ error: { text: `there is no function ${name} in this provider` } }),
  }),
];
