import { AppError } from "../../platform/errors";
import { MoveResourceStateRequest } from "../wire/tfplugin6/requests";
import { MoveResourceStateResponse } from "../wire/tfplugin6/responses";
import { defineRpc } from "./rpc";

/** Refused in our words; without the capability core would speak of a provider that is too old. */
export const moveResourceState = defineRpc({
  name: "MoveResourceState",
  request: MoveResourceStateRequest,
  response: MoveResourceStateResponse,
  handle: ({ sourceTypeName = "", targetTypeName = "" }) => {
    throw new AppError("invalid_argument", `a ${sourceTypeName} cannot be moved to a ${targetTypeName}`, {
      hint: "remove it from the state (terraform state rm, or a removed block), then import it under the new type",
    });
  },
});
