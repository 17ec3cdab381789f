/**
 * The TypeScript types of a resource's values, inferred from its schema. One value is seen in five views:
 *
 * | view          | when                                   | holds                                                    |
 * |---------------|----------------------------------------|----------------------------------------------------------|
 * | `config`      | validate, plan                         | what was written; anything may be unknown; computed null |
 * | `knownConfig` | create, update, provider configuration | the same with nothing unknown                            |
 * | `plan`        | plan                                   | configuration, defaults, prior values; may be unknown    |
 * | `apply`       | create, update                         | the plan; only computed attributes may be unknown        |
 * | `state`       | read, delete, answers                  | nothing unknown; write-only attributes null              |
 */
import type {
  Attributes,
  AttributeType,
  BlockNesting,
  BoolType,
  ListType,
  MapType,
  Mode,
  NestedBlocks,
  NestedBlockType,
  NumberType,
  ObjectType,
  SetType,
  StringType,
  ValueType,
} from "../wire/block-type";
import type { ObjectValue, Unknown, Value } from "../wire/value";

export type View = "config" | "knownConfig" | "plan" | "apply" | "state";

/** Modes whose attributes are only ever null in the view. */
type Absent<V extends View> = V extends "config" | "knownConfig" ? "computed" : "writeOnly" | "requiredWriteOnly";

type Nullable<V extends View> =
  | "optional"
  | "optionalComputed"
  | "computed"
  | "writeOnly"
  | (V extends "config" | "knownConfig" ? "defaulted" : never);

type UnknownIn<V extends View, M extends Mode> = V extends "config" | "plan"
  ? Unknown
  : V extends "apply"
    ? M extends "computed" | "optionalComputed"
      ? Unknown
      : never
    : never;

type AnyUnknown<V extends View> = V extends "config" | "plan" ? Unknown : never;

type MemberOf<T, M extends Mode, V extends View> =
  M extends Absent<V> ? null : ValueOf<T, V> | UnknownIn<V, M> | (M extends Nullable<V> ? null : never);

/** The value of a type. Elements of collections are never null: validate refuses that. */
export type ValueOf<T, V extends View> = ValueType extends T ? Value : SpecificValueOf<T, V>;

type SpecificValueOf<T, V extends View> =
  T extends StringType<infer S>
    ? S
    : T extends NumberType
      ? number
      : T extends BoolType
        ? boolean
        : T extends ListType<infer E> | SetType<infer E>
          ? readonly (ValueOf<E, V> | AnyUnknown<V>)[]
          : T extends MapType<infer E>
            ? Readonly<Record<string, ValueOf<E, V> | AnyUnknown<V>>>
            : T extends ObjectType<infer A>
              ? AttributesOf<A, V>
              : never;

/** Attributes that are not spelled out (a schema with its types erased) have values of any kind. */
type AttributesOf<A, V extends View> = string extends keyof A
  ? ObjectValue
  : { readonly [K in keyof A]: A[K] extends AttributeType<infer T, infer M> ? MemberOf<T, M, V> : never };

type NestingOf<N extends BlockNesting, O, V extends View> =
  AnyUnknown<V> | (N extends "single" ? O | null : N extends "map" ? Readonly<Record<string, O>> : readonly O[]);

type BlocksOf<B, V extends View> = string extends keyof B
  ? unknown
  : { readonly [K in keyof B]: B[K] extends NestedBlockType<infer N> ? NestingOf<N, BlockValue<B[K], V>, V> : never };

type BlockValue<S, V extends View> = S extends { readonly attributes: infer A; readonly blocks: infer B }
  ? Simplify<AttributesOf<A, V> & BlocksOf<B, V>>
  : never;

type Simplify<T> = { readonly [K in keyof T]: T[K] };

export interface SchemaShape {
  readonly attributes: Attributes;
  readonly blocks: NestedBlocks;
}

/** What the user wrote, at validate and plan. */
export type ConfigOf<S extends SchemaShape> = BlockValue<S, "config">;
/** What the user wrote, once all of it is known. */
export type KnownConfigOf<S extends SchemaShape> = BlockValue<S, "knownConfig">;
/** What shall be, at plan. */
export type PlanOf<S extends SchemaShape> = BlockValue<S, "plan">;
/** What shall be, at create and update: put a value where a computed attribute is still unknown. */
export type AppliedPlanOf<S extends SchemaShape> = BlockValue<S, "apply">;
/** What is. */
export type StateOf<S extends SchemaShape> = BlockValue<S, "state">;
/** What is, perhaps after an import or a failed create: anything may be null. */
export type PriorOf<S extends SchemaShape> = Simplify<
  OrNull<AttributesOf<S["attributes"], "state">> & BlocksOf<S["blocks"], "state">
>;

type OrNull<T> = { readonly [K in keyof T]: T[K] | null };
