/** What core asks. Fields of things we do not offer (provider_meta, identity) are left out: they are skipped. */
import { bytes, embedded, integer, message, repeated, text } from "../protobuf";
import { ClientCapabilities, DynamicValue, RawState, value } from "./common";

const capabilities = (number: number) => embedded(number, () => ClientCapabilities);

export const ValidateProviderConfigRequest = message({ config: value(1) });

export const ValidateResourceConfigRequest = message({
  typeName: text(1),
  config: value(2),
  clientCapabilities: capabilities(3),
});

export const ValidateDataResourceConfigRequest = message({ typeName: text(1), config: value(2) });

export const ReadDataSourceRequest = message({
  typeName: text(1),
  config: value(2),
  clientCapabilities: capabilities(4),
});

/** The requests about ephemeral resources all begin with this. */
export const TypeNameRequest = message({ typeName: text(1) });

export const UpgradeResourceStateRequest = message({
  typeName: text(1),
  version: integer(2),
  rawState: embedded(3, () => RawState),
});

export const ConfigureProviderRequest = message({
  terraformVersion: text(1),
  config: value(2),
  clientCapabilities: capabilities(3),
});

export const ReadResourceRequest = message({
  typeName: text(1),
  currentState: value(2),
  private: bytes(3),
  clientCapabilities: capabilities(5),
});

export const PlanResourceChangeRequest = message({
  typeName: text(1),
  priorState: value(2),
  proposedNewState: value(3),
  config: value(4),
  priorPrivate: bytes(5),
  clientCapabilities: capabilities(7),
});

export const ApplyResourceChangeRequest = message({
  typeName: text(1),
  priorState: value(2),
  plannedState: value(3),
  config: value(4),
  plannedPrivate: bytes(5),
});

export const ImportResourceStateRequest = message({
  typeName: text(1),
  id: text(2),
  clientCapabilities: capabilities(3),
});

export const MoveResourceStateRequest = message({
  sourceProviderAddress: text(1),
  sourceTypeName: text(2),
  sourceSchemaVersion: integer(3),
  sourceState: embedded(4, () => RawState),
  targetTypeName: text(5),
  sourcePrivate: bytes(6),
});

export const CallFunctionRequest = message({
  name: text(1),
  arguments: repeated(embedded(2, () => DynamicValue)),
});
