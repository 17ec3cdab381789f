/**
 * A block as one type: attributes and nested blocks side by side, as core sends their values. Everything that walks
 * values (decoding, encoding, conformance, comparison, defaults) walks this.
 */
import type { AttributeType, BlockType, Elements, NestedBlockType, ValueType } from "./block-type";

export type Shape = ScalarShape | CollectionShape | ObjectShape;

export interface ScalarShape {
  readonly kind: "string" | "number" | "bool";
  readonly values?: readonly string[];
}

export interface CollectionShape extends Elements {
  readonly kind: "list" | "set" | "map";
  readonly element: Shape;
}

export interface ObjectShape {
  readonly kind: "object";
  readonly members: ReadonlyMap<string, Member>;
}

export interface Member {
  readonly shape: Shape;
  /** Undefined for a nested block. */
  readonly attribute?: AttributeType;
}

/** What a collection of blocks is when nothing is written: core refuses null there. */
export function emptyBlocks(member: Member): readonly [] | Readonly<Record<string, never>> | undefined {
  if (member.attribute !== undefined || member.shape.kind === "object") return undefined;
  return member.shape.kind === "map" ? {} : [];
}

const known = new WeakMap<BlockType, ObjectShape>();

export function shapeOf(block: BlockType): ObjectShape {
  const cached = known.get(block);
  if (cached !== undefined) return cached;
  const shape: ObjectShape = {
    kind: "object",
    members: new Map<string, Member>([
      ...attributeMembers(block.attributes),
      ...Object.entries(block.blocks).map(([name, nested]) => [name, { shape: nestedShape(nested) }] as const),
    ]),
  };
  known.set(block, shape);
  return shape;
}

function attributeMembers(attributes: BlockType["attributes"]): (readonly [string, Member])[] {
  return Object.entries(attributes).map(([name, attribute]) => [name, { shape: typeShape(attribute.type), attribute }]);
}

function typeShape(type: ValueType): Shape {
  switch (type.kind) {
    case "object":
      return { kind: "object", members: new Map(attributeMembers(type.attributes)) };
    case "list":
    case "set":
    case "map":
      return { kind: type.kind, element: typeShape(type.element), each: type.each };
    case "string":
      return { kind: "string", values: type.values };
    case "number":
    case "bool":
      return { kind: type.kind };
  }
}

function nestedShape(nested: NestedBlockType): Shape {
  const object = shapeOf(nested);
  return nested.nesting === "single" ? object : { kind: nested.nesting, element: object };
}
