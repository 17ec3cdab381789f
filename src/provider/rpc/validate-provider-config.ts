import { validateConfig } from "../schema/validate-config";
import { ValidateProviderConfigRequest } from "../wire/tfplugin6/requests";
import { ValidateProviderConfigResponse } from "../wire/tfplugin6/responses";
import { decodePresent } from "./dynamic-value";
import { defineRpc } from "./rpc";

/** Core skips it in `terraform validate` where there is no provider block. */
export const validateProviderConfig = defineRpc({
  name: "ValidateProviderConfig",
  request: ValidateProviderConfigRequest,
  response: ValidateProviderConfigResponse,
  handle: ({ config }, { session: { provider }, diagnostics }) => {
    const value = decodePresent(config, provider.schema, "provider configuration");
    validateConfig(provider.schema, value, diagnostics);
    if (!diagnostics.hasErrors) provider.validate?.(value, diagnostics);
    return {};
  },
});
