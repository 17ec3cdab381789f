import { ApplyResourceChangeRequest } from "../wire/tfplugin6/requests";
import { ApplyResourceChangeResponse } from "../wire/tfplugin6/responses";
import { change } from "./change";
import { decodePresent, decodeValue, encodeValue } from "./dynamic-value";
import { operationContext } from "./operation-context";
import { readPrivate, writePrivate } from "./private-data";
import { defineRpc } from "./rpc";

/** Creates, updates or deletes. Whatever happens, the answer holds what exists now, so that core forgets nothing. */
export const applyResourceChange = defineRpc({
  name: "ApplyResourceChange",
  request: ApplyResourceChangeRequest,
  response: ApplyResourceChangeResponse,
  // nothing was done, or it failed without a trace: what was there before still is
  fallback: ({ priorState, plannedPrivate }) => ({ newState: priorState, private: plannedPrivate }),
  handle: async (request, call) => {
    const resource = call.session.resource(request.typeName);
    const { schema } = resource;
    const operations = await call.session.operations(resource);
    const kept = readPrivate(request.plannedPrivate, operations.privateData);
    const prior = decodeValue(request.priorState, schema);
    const planned = decodeValue(request.plannedState, schema);

    if (planned === null) {
      if (prior !== null)
        await operations.delete({ state: prior, private: kept }, operationContext(call, resource, "delete", prior));
      return call.diagnostics.hasErrors
        ? { newState: request.priorState, private: request.plannedPrivate }
        : { newState: encodeValue(null, schema) };
    }
    const config = decodePresent(request.config, schema, "configuration");
    const result = await change({ call, resource, operations, config, prior, planned, private: kept });
    return {
      newState: encodeValue(result.state, schema),
      private: writePrivate(result.private, request.plannedPrivate, operations.privateData),
    };
  },
});
