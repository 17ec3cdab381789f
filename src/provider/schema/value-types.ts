/** The types an attribute can have. */
import type {
  Attributes,
  BoolType,
  Elements,
  ListType,
  MapType,
  NumberType,
  ObjectType,
  SetType,
  StringType,
  ValueType,
} from "../wire/block-type";
import type { ValueOf } from "./values";

export interface ElementRules<E extends ValueType> extends Elements {
  /** Called with each known element of a configuration; throws an AppError that says what is wrong with it. */
  readonly each?: (element: ValueOf<E, "state">) => unknown;
}

export const string: StringType = { kind: "string" };

export const number: NumberType = { kind: "number" };

export const bool: BoolType = { kind: "bool" };

/** A string that is one of the given ones; a configuration with another is refused at validate. */
export function oneOf<const V extends string>(values: readonly V[]): StringType<V> {
  return { kind: "string", values };
}

export function list<E extends ValueType>(element: E, rules: ElementRules<E> = {}): ListType<E> {
  return { kind: "list", element, ...rules };
}

/** Order means nothing and core sends it sorted. Elements have no address: problems point to the whole set. */
export function set<E extends ValueType>(element: E, rules: ElementRules<E> = {}): SetType<E> {
  return { kind: "set", element, ...rules };
}

export function map<E extends ValueType>(element: E, rules: ElementRules<E> = {}): MapType<E> {
  return { kind: "map", element, ...rules };
}

/** A nested attribute; inside `list`, `set` and `map` a collection of such. Not inside a collection of collections. */
export function object<A extends Attributes>(attributes: A): ObjectType<A> {
  return { kind: "object", attributes };
}
