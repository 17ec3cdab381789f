/** Messages that several RPCs share. Field numbers: tfplugin6.proto of protocol 6.9, Terraform 1.12. */
import { bool, bytes, embedded, integer, mapOf, message, repeated, text, type MessageOf } from "../protobuf";

export const Empty = message({});

/** Always answered as msgpack; JSON is read only where msgpack is empty. */
export const DynamicValue = message({ msgpack: bytes(1), json: bytes(2) });
export type DynamicValue = MessageOf<typeof DynamicValue>;

/** Exactly one member is set. */
const PathStep = message({ attributeName: text(1), elementKeyString: text(2), elementKeyInt: integer(3) });
export type WirePathStep = MessageOf<typeof PathStep>;

export const WirePath = message({ steps: repeated(embedded(1, () => PathStep)) });
export type WirePath = MessageOf<typeof WirePath>;

/** severity: 1 error, 2 warning. */
export const WireDiagnostic = message({
  severity: integer(1),
  summary: text(2),
  detail: text(3),
  attribute: embedded(4, () => WirePath),
});
export type WireDiagnostic = MessageOf<typeof WireDiagnostic>;

/** The place of `diagnostics` differs among responses. */
export const diagnostics = (number: number) => repeated(embedded(number, () => WireDiagnostic));

export const value = (number: number) => embedded(number, () => DynamicValue);

export const RawState = message({ json: bytes(1), flatmap: mapOf(2, () => Empty) });

export const ServerCapabilities = message({
  planDestroy: bool(1),
  getProviderSchemaOptional: bool(2),
  moveResourceState: bool(3),
});

export const ClientCapabilities = message({ deferralAllowed: bool(1), writeOnlyAttributesAllowed: bool(2) });
export type ClientCapabilities = MessageOf<typeof ClientCapabilities>;
