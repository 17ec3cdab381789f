import { isUnknown, type Unknown } from "../../provider/wire/value";

/** For requests: undefined leaves a member out. */
export function known<T>(value: T | Unknown | null): T | undefined {
  return value === null || isUnknown(value) ? undefined : value;
}
