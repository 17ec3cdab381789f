import { AppError } from "../../platform/errors";
import { completeState } from "../schema/complete-state";
import { ImportResourceStateRequest } from "../wire/tfplugin6/requests";
import { ImportResourceStateResponse } from "../wire/tfplugin6/responses";
import { conforms, encodeValue } from "./dynamic-value";
import { operationContext } from "./operation-context";
import { writePrivate } from "./private-data";
import { defineRpc } from "./rpc";

export const importResourceState = defineRpc({
  name: "ImportResourceState",
  request: ImportResourceStateRequest,
  response: ImportResourceStateResponse,
  handle: async ({ typeName, id = "" }, call) => {
    const { session, diagnostics } = call;
    const resource = session.resource(typeName);
    const operations = await session.operations(resource);
    if (operations.importState === undefined)
      throw new AppError("invalid_argument", `a ${resource.typeName} cannot be imported`);
    const answer = await operations.importState(id, operationContext(call, resource, "read", {}));
    const state = completeState(resource.schema, answer.state);
    const subject = `import of ${resource.typeName}`;
    if (!conforms(state, resource.schema, subject, diagnostics, { unknownAllowed: false }) || diagnostics.hasErrors)
      return {};
    return {
      importedResources: [
        {
          typeName: resource.typeName,
          state: encodeValue(state, resource.schema),
          private: writePrivate(answer.private, undefined, operations.privateData),
        },
      ],
    };
  },
});
