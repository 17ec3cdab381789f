/** Attribute builders: the function says who sets the value, its first argument what it is. */
import type { AttributeType, Mode, ValueType } from "../wire/block-type";
import type { ValueOf } from "./values";

export interface AttributeOptions<T> {
  readonly description?: string;
  /** Masked in plans; still readable in the state file. @default false */
  readonly sensitive?: boolean;
  /** Using it gives a warning. @default false */
  readonly deprecated?: boolean;
  /** A change of the planned value replaces the resource. @default false */
  readonly requiresReplace?: boolean;
  /**
   * Rules for a configured value, each a function that throws an AppError (a parse function will do; what it returns
   * is dropped). MUST be pure and fast: they run several times in each command, only on wholly known values.
   */
  readonly validate?: Validator<T> | readonly Validator<T>[];
}

export type Validator<T> = (value: T) => unknown;

type Options<T extends ValueType> = AttributeOptions<ValueOf<T, "knownConfig">>;

/** The configuration must set it. */
export function required<T extends ValueType>(type: T, options: Options<T> = {}): AttributeType<T, "required"> {
  return attribute(type, "required", options);
}

/** The configuration may set it; else it is null, or the default. */
export function optional<T extends ValueType>(
  type: T,
  options: Options<T> & { readonly default: ValueOf<T, "state"> },
): AttributeType<T, "defaulted">;
export function optional<T extends ValueType>(type: T, options?: Options<T>): AttributeType<T, "optional">;
export function optional<T extends ValueType>(
  type: T,
  options: Options<T> & { readonly default?: ValueOf<T, "state"> } = {},
): AttributeType<T, "defaulted" | "optional"> {
  return options.default === undefined
    ? attribute(type, "optional", options)
    : { ...attribute(type, "defaulted", options), default: options.default };
}

/** The provider sets it. */
export function computed<T extends ValueType>(
  type: T,
  options: Omit<Options<T>, "validate"> = {},
): AttributeType<T, "computed"> {
  return attribute(type, "computed", options);
}

/** The configuration may set it; else the provider does. */
export function optionalComputed<T extends ValueType>(
  type: T,
  options: Options<T> = {},
): AttributeType<T, "optionalComputed"> {
  return attribute(type, "optionalComputed", options);
}

/**
 * Read from the configuration at validate, plan and apply, and never stored (Terraform 1.11 and later). A change of it
 * alone gives no plan: pair it with an attribute such as `<name>_version`.
 */
export function writeOnly<T extends ValueType>(type: T, options: Options<T> = {}): AttributeType<T, "writeOnly"> {
  return attribute(type, "writeOnly", options);
}

/** As `writeOnly`, and the configuration must set it. */
export function requiredWriteOnly<T extends ValueType>(
  type: T,
  options: Options<T> = {},
): AttributeType<T, "requiredWriteOnly"> {
  return attribute(type, "requiredWriteOnly", options);
}

function attribute<T extends ValueType, M extends Mode>(type: T, mode: M, options: Options<T>): AttributeType<T, M> {
  const { validate = [], requiresReplace = false, description, sensitive, deprecated } = options;
  return {
    type,
    mode,
    description,
    sensitive,
    deprecated,
    requiresReplace,
    validators: typeof validate === "function" ? [validate] : validate,
  };
}
