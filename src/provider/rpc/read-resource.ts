import { ReadResourceRequest } from "../wire/tfplugin6/requests";
import { ReadResourceResponse } from "../wire/tfplugin6/responses";
import { conforms, decodePresent, encodeValue } from "./dynamic-value";
import { operationContext } from "./operation-context";
import { readPrivate, writePrivate } from "./private-data";
import { defineRpc } from "./rpc";

export const readResource = defineRpc({
  name: "ReadResource",
  request: ReadResourceRequest,
  response: ReadResourceResponse,
  // a failed refresh leaves what is stored
  fallback: ({ currentState, private: kept }) => ({ newState: currentState, private: kept }),
  handle: async (request, call) => {
    const { session, diagnostics } = call;
    const asStored = { newState: request.currentState, private: request.private };
    const resource = session.resource(request.typeName);
    if (session.configuration === null) return asStored;
    const { schema } = resource;
    const state = decodePresent(request.currentState, schema, "current state");
    const operations = await session.operations(resource);
    const answer = await operations.read(
      { state, private: readPrivate(request.private, operations.privateData) },
      operationContext(call, resource, "read", state),
    );
    if (answer === null) return { newState: encodeValue(null, schema) };
    const sound = conforms(answer.state, schema, `read of ${resource.typeName}`, diagnostics, {
      unknownAllowed: false,
    });
    if (!sound) return asStored;
    return {
      newState: encodeValue(answer.state, schema),
      private: writePrivate(answer.private, request.private, operations.privateData),
    };
  },
});
