/** A schema as core wants it told. */
import {
  isComputed,
  isWriteOnly,
  type Attributes,
  type AttributeType,
  type BlockType,
  type NestedBlockType,
  type ValueType,
} from "../wire/block-type";
import type { WireAttribute, WireBlock, WireNestedBlock, WireObject, WireSchema } from "../wire/tfplugin6/schema";
import type { Schema } from "./schema";

const nestings = { single: 1, list: 2, set: 3, map: 4 } as const;

/** DescriptionKind MARKDOWN. */
const markdown = 1;

export function wireSchema(schema: Schema): WireSchema {
  return { version: schema.version, block: wireBlock(schema) };
}

function wireBlock(block: BlockType): WireBlock {
  return {
    attributes: wireAttributes(block.attributes),
    blockTypes: Object.entries(block.blocks).map(([name, nested]) => wireNestedBlock(name, nested)),
    description: block.description,
    descriptionKind: markdown,
    deprecated: block.deprecated,
  };
}

function wireNestedBlock(typeName: string, nested: NestedBlockType): WireNestedBlock {
  return {
    typeName,
    block: wireBlock(nested),
    nesting: nestings[nested.nesting],
    minItems: nested.minItems,
    maxItems: nested.maxItems,
  };
}

function wireAttributes(attributes: Attributes): WireAttribute[] {
  return Object.entries(attributes).map(([name, attribute]) => wireAttribute(name, attribute));
}

function wireAttribute(name: string, attribute: AttributeType): WireAttribute {
  const { mode, description, sensitive, deprecated } = attribute;
  const required = mode === "required" || mode === "requiredWriteOnly";
  return {
    name,
    ...wireType(attribute.type),
    description,
    descriptionKind: markdown,
    required,
    optional: !required && mode !== "computed",
    computed: isComputed(attribute),
    sensitive,
    deprecated,
    writeOnly: isWriteOnly(attribute),
  };
}

function wireType(type: ValueType): { readonly type: Uint8Array } | { readonly nestedType: WireObject } {
  if (type.kind === "object") return { nestedType: wireObject(type.attributes, "single") };
  if ("element" in type && type.element.kind === "object")
    return { nestedType: wireObject(type.element.attributes, type.kind) };
  return { type: Buffer.from(JSON.stringify(ctyType(type)), "utf8") };
}

function wireObject(attributes: Attributes, nesting: keyof typeof nestings): WireObject {
  return { attributes: wireAttributes(attributes), nesting: nestings[nesting] };
}

type CtyType = string | readonly [string, CtyType];

/** The JSON of a type; objects never get here, they are nested types. */
function ctyType(type: ValueType): CtyType {
  return "element" in type ? [type.kind, ctyType(type.element)] : type.kind;
}
