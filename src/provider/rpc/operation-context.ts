import { withDeadline } from "../../platform/deadline";
import { AppError } from "../../platform/errors";
import type { BlockType, Operation } from "../wire/block-type";
import { timeoutOf } from "../schema/timeouts";
import type { ObjectValue } from "../wire/value";
import type { Call } from "./rpc";
import type { OperationContext } from "./resource";

/** What an operation works with; its signal aborts on stop and when the time of the operation is over. */
export function operationContext(
  call: Call,
  { schema }: { readonly schema: BlockType },
  operation: Operation,
  values: ObjectValue,
): OperationContext<unknown> {
  const { session, log, diagnostics } = call;
  const { configuration } = session;
  if (configuration === null)
    throw new AppError("invalid_config", "the provider's configuration is not known yet", {
      hint: "apply first what its settings come from, with -target",
    });
  const timeoutMs = timeoutOf(schema.attributes, values, operation);
  const signal = timeoutMs === undefined ? session.stopSignal : withDeadline(session.stopSignal, timeoutMs);
  return { log, clock: session.clock, diagnostics, data: configuration.data, signal };
}
