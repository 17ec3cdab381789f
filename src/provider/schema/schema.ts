/**
 * Schemas of resources and of the provider itself.
 * @example
 * const schema = defineSchema({
 *   description: "a TXT record",
 *   attributes: { name: required(string, { requiresReplace: true }), ttl: optional(number, { default: 300 }), id: computed(string) },
 *   blocks: { rule: listBlock({ attributes: { weight: required(number) } }) },
 * });
 * type State = StateOf<typeof schema>; // { name: string; ttl: number; id: string | null; rule: readonly { weight: number }[] }
 */
import type { Attributes, BlockNesting, BlockType, NestedBlocks, NestedBlockType } from "../wire/block-type";
import { checkDefinition } from "./definition";

export interface Schema<A extends Attributes = Attributes, B extends NestedBlocks = NestedBlocks> extends BlockType {
  /** Raised when stored state must be converted; see `upgradeState`. */
  readonly version: number;
  readonly attributes: A;
  readonly blocks: B;
}

export interface BlockDefinition<A extends Attributes, B extends NestedBlocks> {
  readonly attributes: A;
  /** @default none */
  readonly blocks?: B;
  readonly description?: string;
  readonly deprecated?: boolean;
}

export interface SchemaDefinition<A extends Attributes, B extends NestedBlocks> extends BlockDefinition<A, B> {
  /** @default 0 */
  readonly version?: number;
}

export type NoBlocks = Record<never, never>;

/** Refuses, as a programming error, what the protocol cannot express. */
export function defineSchema<A extends Attributes, B extends NestedBlocks = NoBlocks>(
  definition: SchemaDefinition<A, B>,
): Schema<A, B> {
  const schema = { version: 0, ...definition, blocks: definition.blocks ?? ({} as B) };
  checkDefinition(schema);
  return schema;
}

/** An interface and not an intersection, which would hide the attributes behind an index signature. */
export interface Nested<
  A extends Attributes,
  B extends NestedBlocks,
  N extends BlockNesting,
> extends NestedBlockType<N> {
  readonly attributes: A;
  readonly blocks: B;
}

export interface ItemBounds {
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** At most one block; null when there is none. */
export function singleBlock<A extends Attributes, B extends NestedBlocks = NoBlocks>(
  definition: BlockDefinition<A, B>,
): Nested<A, B, "single"> {
  return { ...definition, blocks: definition.blocks ?? ({} as B), nesting: "single" };
}

/** Any number of blocks, in the order written; an empty list when there is none. */
export function listBlock<A extends Attributes, B extends NestedBlocks = NoBlocks>(
  definition: BlockDefinition<A, B> & ItemBounds,
): Nested<A, B, "list"> {
  return { ...definition, blocks: definition.blocks ?? ({} as B), nesting: "list" };
}

/** Any number of blocks without an order. */
export function setBlock<A extends Attributes, B extends NestedBlocks = NoBlocks>(
  definition: BlockDefinition<A, B> & ItemBounds,
): Nested<A, B, "set"> {
  return { ...definition, blocks: definition.blocks ?? ({} as B), nesting: "set" };
}

/** Blocks with one label each, which is the key. */
export function mapBlock<A extends Attributes, B extends NestedBlocks = NoBlocks>(
  definition: BlockDefinition<A, B>,
): Nested<A, B, "map"> {
  return { ...definition, blocks: definition.blocks ?? ({} as B), nesting: "map" };
}
