/** What we answer. Mind the field number of `diagnostics`: a wrong one is silently lost. */
import { bool, bytes, embedded, integer, message, repeated, text } from "../protobuf";
import { diagnostics, value, WirePath } from "./common";

export const ValidateProviderConfigResponse = message({ diagnostics: diagnostics(2) });

export const ValidateResourceConfigResponse = message({ diagnostics: diagnostics(1) });

export const ValidateDataResourceConfigResponse = message({ diagnostics: diagnostics(1) });

export const ValidateEphemeralResourceConfigResponse = message({ diagnostics: diagnostics(1) });

export const UpgradeResourceStateResponse = message({ upgradedState: value(1), diagnostics: diagnostics(2) });

export const ConfigureProviderResponse = message({ diagnostics: diagnostics(1) });

export const ReadResourceResponse = message({ newState: value(1), diagnostics: diagnostics(2), private: bytes(3) });

export const PlanResourceChangeResponse = message({
  plannedState: value(1),
  requiresReplace: repeated(embedded(2, () => WirePath)),
  plannedPrivate: bytes(3),
  diagnostics: diagnostics(4),
  legacyTypeSystem: bool(5),
});

export const ApplyResourceChangeResponse = message({
  newState: value(1),
  private: bytes(2),
  diagnostics: diagnostics(3),
  legacyTypeSystem: bool(4),
});

const ImportedResource = message({ typeName: text(1), state: value(2), private: bytes(3) });

export const ImportResourceStateResponse = message({
  importedResources: repeated(embedded(1, () => ImportedResource)),
  diagnostics: diagnostics(2),
});

export const MoveResourceStateResponse = message({
  targetState: value(1),
  diagnostics: diagnostics(2),
  targetPrivate: bytes(3),
});

export const ReadDataSourceResponse = message({ state: value(1), diagnostics: diagnostics(2) });

const Timestamp = message({ seconds: integer(1), nanos: integer(2) });

export const OpenEphemeralResourceResponse = message({
  diagnostics: diagnostics(1),
  renewAt: embedded(2, () => Timestamp),
  result: value(3),
  private: bytes(4),
});

export const RenewEphemeralResourceResponse = message({
  diagnostics: diagnostics(1),
  renewAt: embedded(2, () => Timestamp),
  private: bytes(3),
});

export const CloseEphemeralResourceResponse = message({ diagnostics: diagnostics(1) });

const FunctionError = message({ text: text(1), functionArgument: integer(2) });

export const CallFunctionResponse = message({ result: value(1), error: embedded(2, () => FunctionError) });

export const StopProviderResponse = message({ error: text(1) });
