import { AppError } from "../../platform/errors";
import { salvageState } from "../schema/complete-state";
import type { ObjectValue } from "../wire/value";
import { conforms } from "./dynamic-value";
import { operationContext } from "./operation-context";
import type { ChangeContext, Resource, StateAnswer } from "./resource";
import type { Call } from "./rpc";
import type { Operations } from "./session";
import type { Schema } from "../schema/schema";

export interface Change {
  readonly call: Call;
  readonly resource: Resource;
  readonly operations: Operations;
  readonly config: ObjectValue;
  /** Null for a creation. */
  readonly prior: ObjectValue | null;
  readonly planned: ObjectValue;
  readonly private: unknown;
}

type Answer = StateAnswer<Schema, unknown>;

/**
 * Runs create or update. Throws where the operation threw without a checkpoint; with one, or with an answer that does
 * not conform, reports the error and returns the best that can be said of what exists.
 */
export async function change(change: Change): Promise<Answer> {
  const { call, resource, prior, planned } = change;
  let checkpoint: { readonly state: Readonly<Record<string, unknown>>; readonly private: unknown } | undefined;
  const context: ChangeContext<Schema, unknown, unknown> = {
    ...operationContext(call, resource, prior === null ? "create" : "update", planned),
    checkpoint: (state, privateData) => {
      checkpoint = { state, private: privateData };
    },
  };
  try {
    return checked(change, await run(change, context));
  } catch (error) {
    if (checkpoint === undefined) throw error;
    call.diagnostics.thrown(error);
    const state = salvageState(resource.schema, prior ?? planned, checkpoint.state as ObjectValue);
    return { state, private: checkpoint.private };
  }
}

function run(
  { resource, operations, config, prior, planned, private: kept }: Change,
  context: ChangeContext<Schema, unknown, unknown>,
): Promise<Answer> {
  if (prior === null) return operations.create({ config, planned, private: kept }, context);
  if (operations.update === undefined)
    throw new AppError("internal", `a ${resource.typeName} cannot be updated in place`);
  return operations.update({ config, prior, planned, private: kept }, context);
}

function checked({ call, resource, prior, planned }: Change, answer: Answer): Answer {
  const { schema, typeName } = resource;
  const subject = `${prior === null ? "create" : "update"} of ${typeName}`;
  if (conforms(answer.state, schema, subject, call.diagnostics, { unknownAllowed: false })) return answer;
  return { ...answer, state: salvageState(schema, planned, answer.state) };
}
