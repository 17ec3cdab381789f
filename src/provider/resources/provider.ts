/** The provider `unexpired/unexpired`. Light: what reads, plans and applies need is loaded at first use. */
import { defineProvider } from "../rpc/provider";
import { certificateResource } from "./certificate/resource";
import { dnsRecordResource } from "./dns-record/resource";
import { providerSchema, validateProvider, type ProviderConfig } from "./provider-schema";
import { rolloutResource } from "./rollout/resource";
import { resolveSettings, type ProviderSettings } from "./settings";

/** `resolve`: for tests with surroundings of their own. */
export const unexpiredProvider = (version: string, resolve = (config: ProviderConfig) => resolveSettings(config)) =>
  defineProvider({
    address: "registry.terraform.io/unexpired/unexpired",
    version,
    schema: providerSchema,
    validate: validateProvider,
    configure: async (config): Promise<ProviderSettings> => {
      const settings = { ...resolve(config), version };
      if (settings.policy === undefined) return settings;
      const { readPolicy } = await import("../../issuance/read-policy.js");
      return { ...settings, enforced: readPolicy(settings.policy) };
    },
    resources: [certificateResource, dnsRecordResource, rolloutResource],
  });
