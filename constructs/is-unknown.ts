import { Token } from "./engine";

/**
 * Whether Terraform alone will know a value: it is a token of the engine, or text with an expression written by hand,
 * `${…}` or `%{…}`. Checks let such values pass; the provider looks at them when they are known.
 */
export function isUnknown(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === "string" && /[$%]\{/.test(value));
}
