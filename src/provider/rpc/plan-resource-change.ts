import { proposePlan } from "../schema/propose";
import type { AttributePath } from "../wire/attribute-path";
import { equalObjects, equalValues } from "../wire/equal-values";
import { shapeOf } from "../wire/shape";
import { PlanResourceChangeRequest } from "../wire/tfplugin6/requests";
import { PlanResourceChangeResponse } from "../wire/tfplugin6/responses";
import type { ObjectValue } from "../wire/value";
import { conforms, decodePresent, decodeValue, encodeValue } from "./dynamic-value";
import { readPrivate, writePrivate } from "./private-data";
import type { PlanContext, Resource } from "./resource";
import { defineRpc } from "./rpc";
import type { Operations } from "./session";
import { wirePath } from "./wire-diagnostics";

/** Core asks twice: at plan, and during apply with the final configuration. */
export const planResourceChange = defineRpc({
  name: "PlanResourceChange",
  request: PlanResourceChangeRequest,
  response: PlanResourceChangeResponse,
  handle: async (request, { session, log, diagnostics }) => {
    const resource = session.resource(request.typeName);
    const { schema, typeName } = resource;
    const proposed = decodeValue(request.proposedNewState, schema);
    const prior = decodeValue(request.priorState, schema);
    const context: PlanContext<unknown> = {
      ...{ log, clock: session.clock, diagnostics, signal: session.stopSignal },
      data: session.configuration?.data ?? null,
    };
    if (proposed === null) {
      const operations = await session.operations(resource);
      const known = readPrivate(request.priorPrivate, operations.privateData);
      if (prior !== null) await operations.planDelete?.({ state: prior, private: known }, context);
      // the private data goes on to delete
      return { plannedState: encodeValue(null, schema), plannedPrivate: request.priorPrivate };
    }
    const config = decodePresent(request.config, schema, "configuration");
    const draft = proposePlan(schema, { config, proposed, prior });
    const operations = await session.operations(resource);
    const answer = (await operations.plan?.(
      {
        config,
        prior,
        proposed: draft,
        changed: !equalObjects(prior, draft, schema),
        private: readPrivate(request.priorPrivate, operations.privateData),
      },
      context,
    )) ?? { planned: draft };
    if (!conforms(answer.planned, schema, `plan of ${typeName}`, diagnostics, { unknownAllowed: true })) return {};

    const replacing = replacements(resource, operations, prior, answer.planned);
    return {
      plannedState: encodeValue(answer.planned, schema),
      requiresReplace: [...replacing, ...(answer.requiresReplace ?? [])].map((path) => wirePath(path, schema)),
      plannedPrivate: writePrivate(answer.private, request.priorPrivate, operations.privateData),
    };
  },
});

/** Changed members that the schema says replace; all that changed where the resource has no update. */
function replacements(
  { schema }: Resource,
  operations: Operations,
  prior: ObjectValue | null,
  planned: ObjectValue,
): AttributePath[] {
  if (prior === null) return [];
  return [...shapeOf(schema).members]
    .filter(([, { attribute }]) => operations.update === undefined || attribute?.requiresReplace === true)
    .filter(([name, { shape }]) => !equalValues(prior[name] ?? null, planned[name] ?? null, shape))
    .map(([name]) => [name]);
}
