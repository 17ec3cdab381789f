import { containsUnknown } from "../wire/value";
import { ConfigureProviderRequest } from "../wire/tfplugin6/requests";
import { ConfigureProviderResponse } from "../wire/tfplugin6/responses";
import { decodePresent } from "./dynamic-value";
import { defineRpc } from "./rpc";

/**
 * At plan, settings that come from other resources can be unknown. That must not fail: the configuration is left for
 * apply, and until then resources answer what is stored.
 */
export const configureProvider = defineRpc({
  name: "ConfigureProvider",
  request: ConfigureProviderRequest,
  response: ConfigureProviderResponse,
  handle: async ({ config, terraformVersion = "" }, { session, log, diagnostics }) => {
    session.begin();
    const { provider, clock, stopSignal: signal } = session;
    const value = decodePresent(config, provider.schema, "provider configuration");
    if (containsUnknown(value)) {
      log.log("info", "provider settings are not all known yet");
      session.configure(null);
      return {};
    }
    const data = await provider.configure(value, { log, clock, diagnostics, terraformVersion, signal });
    if (!diagnostics.hasErrors) session.configure({ data });
    return {};
  },
});
