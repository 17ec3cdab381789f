/**
 * What a value may look like: the description that a resource's schema consists of. It decides which bytes are right
 * and carries the rules the framework applies. Build it with the functions of `schema/`, which also give its values
 * their TypeScript types.
 */
import type { Value } from "./value";

export type ValueType =
  | StringType
  | NumberType
  | BoolType
  | ListType<ValueType>
  | SetType<ValueType>
  | MapType<ValueType>
  | ObjectType<Attributes>;

export interface StringType<V extends string = string> {
  readonly kind: "string";
  /** The only values allowed in configuration. @default any */
  readonly values?: readonly V[];
}

/** Numbers that a double holds exactly as written: at most 15 significant digits, or an integer up to 2^53 - 1. */
export interface NumberType {
  readonly kind: "number";
}

export interface BoolType {
  readonly kind: "bool";
}

export interface ListType<E> extends Elements {
  readonly kind: "list";
  readonly element: E;
}

export interface SetType<E> extends Elements {
  readonly kind: "set";
  readonly element: E;
}

export interface MapType<E> extends Elements {
  readonly kind: "map";
  readonly element: E;
}

export interface Elements {
  /** Called with each known element of a configuration; throws an AppError that says what is wrong with it. */
  readonly each?: (element: never) => unknown;
}

/** An object whose attributes have modes of their own: a "nested attribute". */
export interface ObjectType<A> {
  readonly kind: "object";
  readonly attributes: A;
}

/**
 * Who sets an attribute.
 * `defaulted`: configuration, else a constant. `optionalComputed`: configuration, else the provider.
 * Write-only values exist in configuration alone, never in plan or state.
 */
export type Mode =
  "required" | "optional" | "defaulted" | "computed" | "optionalComputed" | "writeOnly" | "requiredWriteOnly";

export interface AttributeType<T = ValueType, M extends Mode = Mode> {
  readonly type: T;
  readonly mode: M;
  readonly description?: string;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  /** Of a `defaulted` attribute: what is planned where configuration has none. */
  readonly default?: Value;
  /** A change of the planned value replaces the resource. */
  readonly requiresReplace?: boolean;
  /** Called with a known configured value; each throws an AppError that says what is wrong with it. */
  readonly validators?: readonly ((value: never) => unknown)[];
  /** Set by the `timeouts` builder: how long an operation may take by default, in milliseconds. */
  readonly timeoutDefaults?: Readonly<Partial<Record<Operation, number>>>;
}

/** What a resource can be asked to do that may take long. */
export type Operation = "create" | "read" | "update" | "delete";

export interface Attributes {
  readonly [name: string]: AttributeType;
}

export type BlockNesting = "single" | "list" | "set" | "map";

export interface NestedBlockType<N extends BlockNesting = BlockNesting> extends BlockType {
  readonly nesting: N;
  /** For lists and sets; core enforces both. @default no bound */
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface NestedBlocks {
  readonly [name: string]: NestedBlockType;
}

export interface BlockType {
  readonly attributes: Attributes;
  readonly blocks: NestedBlocks;
  readonly description?: string;
  readonly deprecated?: boolean;
}

export function isWriteOnly(attribute: AttributeType): boolean {
  return attribute.mode === "writeOnly" || attribute.mode === "requiredWriteOnly";
}

/** Whether the provider may choose the value when configuration has none. */
export function isComputed(attribute: AttributeType): boolean {
  return attribute.mode === "computed" || attribute.mode === "optionalComputed" || attribute.mode === "defaulted";
}
