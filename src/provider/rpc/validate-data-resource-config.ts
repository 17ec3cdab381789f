import { validateConfig } from "../schema/validate-config";
import { ValidateDataResourceConfigRequest } from "../wire/tfplugin6/requests";
import { ValidateDataResourceConfigResponse } from "../wire/tfplugin6/responses";
import { decodePresent } from "./dynamic-value";
import { defineRpc } from "./rpc";

export const validateDataResourceConfig = defineRpc({
  name: "ValidateDataResourceConfig",
  about: "data source",
  request: ValidateDataResourceConfigRequest,
  response: ValidateDataResourceConfigResponse,
  handle: ({ typeName, config }, { session, diagnostics }) => {
    const dataSource = session.dataSource(typeName);
    const value = decodePresent(config, dataSource.schema, "configuration");
    validateConfig(dataSource.schema, value, diagnostics);
    if (!diagnostics.hasErrors) dataSource.validate?.(value, diagnostics);
    return {};
  },
});
