/** Messages that describe schemas. They refer to each other, so their types are spelled out. */
import { bool, bytes, embedded, integer, mapOf, Message, message, repeated, text, type MessageOf } from "../protobuf";
import { diagnostics, ServerCapabilities } from "./common";

export interface WireAttribute {
  readonly name?: string;
  /** JSON of a cty type; exactly one of this and `nestedType` is set. */
  readonly type?: Uint8Array;
  readonly description?: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly descriptionKind?: number;
  readonly deprecated?: boolean;
  readonly nestedType?: WireObject;
  readonly writeOnly?: boolean;
}

export interface WireObject {
  readonly attributes?: readonly WireAttribute[];
  /** 1 single, 2 list, 3 set, 4 map. */
  readonly nesting?: number;
}

export interface WireBlock {
  readonly version?: number;
  readonly attributes?: readonly WireAttribute[];
  readonly blockTypes?: readonly WireNestedBlock[];
  readonly description?: string;
  readonly descriptionKind?: number;
  readonly deprecated?: boolean;
}

export interface WireNestedBlock {
  readonly typeName?: string;
  readonly block?: WireBlock;
  /** 1 single, 2 list, 3 set, 4 map. */
  readonly nesting?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

const WireObject: Message<WireObject> = new Message({
  attributes: repeated(embedded(1, () => WireAttribute)),
  nesting: integer(3),
});

export const WireAttribute: Message<WireAttribute> = new Message({
  name: text(1),
  type: bytes(2),
  description: text(3),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
  descriptionKind: integer(8),
  deprecated: bool(9),
  nestedType: embedded(10, () => WireObject),
  writeOnly: bool(11),
});

const WireBlock: Message<WireBlock> = new Message({
  version: integer(1),
  attributes: repeated(embedded(2, () => WireAttribute)),
  blockTypes: repeated(embedded(3, () => WireNestedBlock)),
  description: text(4),
  descriptionKind: integer(5),
  deprecated: bool(6),
});

const WireNestedBlock: Message<WireNestedBlock> = new Message({
  typeName: text(1),
  block: embedded(2, () => WireBlock),
  nesting: integer(3),
  minItems: integer(4),
  maxItems: integer(5),
});

export const WireSchema = message({ version: integer(1), block: embedded(2, () => WireBlock) });
export type WireSchema = MessageOf<typeof WireSchema>;

const schemas = (number: number) => mapOf(number, () => WireSchema);

const Parameter = message({
  name: text(1),
  type: bytes(2),
  allowNullValue: bool(3),
  allowUnknownValues: bool(4),
  description: text(5),
  descriptionKind: integer(6),
});

const Return = message({ type: bytes(1) });

const Function = message({
  parameters: repeated(embedded(1, () => Parameter)),
  variadicParameter: embedded(2, () => Parameter),
  return: embedded(3, () => Return),
  summary: text(4),
  description: text(5),
  descriptionKind: integer(6),
  deprecationMessage: text(7),
});

export const GetProviderSchemaResponse = message({
  provider: embedded(1, () => WireSchema),
  resourceSchemas: schemas(2),
  dataSourceSchemas: schemas(3),
  diagnostics: diagnostics(4),
  providerMeta: embedded(5, () => WireSchema),
  serverCapabilities: embedded(6, () => ServerCapabilities),
  functions: mapOf(7, () => Function),
  ephemeralResourceSchemas: schemas(8),
});

const typeNames = (number: number) => repeated(embedded(number, () => message({ typeName: text(1) })));

export const GetMetadataResponse = message({
  serverCapabilities: embedded(1, () => ServerCapabilities),
  diagnostics: diagnostics(2),
  dataSources: typeNames(3),
  resources: typeNames(4),
  functions: repeated(embedded(5, () => message({ name: text(1) }))),
  ephemeralResources: typeNames(6),
});

export const GetFunctionsResponse = message({ functions: mapOf(1, () => Function), diagnostics: diagnostics(2) });
