/** The `timeouts` attribute: how long an operation of one resource may take. */
import type { AttributeType, ObjectType, Operation, StringType, ValueType } from "../wire/block-type";
import { isObjectValue, type Value } from "../wire/value";
import { optional } from "./attributes";
import { parseDuration } from "./duration";
import { object, string } from "./value-types";

type Member = AttributeType<StringType, "optional">;

/**
 * An optional object with one duration per operation named. The framework reads it and aborts the operation's signal
 * with a TimeoutError; operations need not look at it.
 * @example timeouts: timeouts({ create: "30m", delete: "5m" })
 */
export function timeouts<O extends Operation>(
  defaults: Readonly<Record<O, string>>,
): AttributeType<ObjectType<Readonly<Record<O, Member>>>, "optional"> {
  const operations = Object.entries<string>(defaults) as [O, string][];
  const members = Object.fromEntries(
    operations.map(([operation, duration]) => [
      operation,
      optional(string, { description: `default ${duration}`, validate: parseDuration }),
    ]),
  ) as Record<O, Member>;
  return {
    ...optional(object(members), { description: "how long each operation may take, such as 30s, 10m or 1h30m" }),
    timeoutDefaults: Object.fromEntries(operations.map(([operation, text]) => [operation, parseDuration(text)])),
  };
}

/** How long the operation may take on this resource, in milliseconds; undefined means no limit. */
export function timeoutOf(
  attributes: Readonly<Record<string, AttributeType<ValueType>>>,
  values: Readonly<Record<string, Value>>,
  operation: Operation,
): number | undefined {
  const found = Object.entries(attributes).find(([, { timeoutDefaults }]) => timeoutDefaults !== undefined);
  if (found === undefined) return undefined;
  const [name, { timeoutDefaults }] = found;
  const chosen = values[name];
  const text = isObjectValue(chosen) ? chosen[operation] : undefined;
  return typeof text === "string" ? parseDuration(text) : timeoutDefaults?.[operation];
}
