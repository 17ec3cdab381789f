/**
 * Values as they travel between Terraform's core and a resource: plain JavaScript data, with `null` for "not set"
 * and one marker for "not known yet". A list, set, map or object can hold the marker at any depth.
 */

/**
 * "Known after apply". Registered under a name, so that every copy of this module shares one marker. TypeScript widens
 * it to `symbol` in an object literal that has no type: give such variables one, as in `const planned: PlanOf<…> = …`.
 */
export const UNKNOWN: unique symbol = Symbol.for("unexpired.provider.unknown");

export type Unknown = typeof UNKNOWN;

export type Value = null | Unknown | string | number | boolean | readonly Value[] | ObjectValue;

export interface ObjectValue {
  readonly [name: string]: Value;
}

export function isUnknown(value: unknown): value is Unknown {
  return value === UNKNOWN;
}

/** Whether the value or anything inside it is unknown. */
export function containsUnknown(value: Value): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some((item: Value) => containsUnknown(item));
  if (isObjectValue(value)) return Object.values(value).some(containsUnknown);
  return false;
}

export function isObjectValue(value: unknown): value is ObjectValue {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
