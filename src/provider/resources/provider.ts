/** The provider `unexpired/unexpired`. Light: what reads, plans and applies need is loaded at first use. */
import { defineProvider } from "../rpc/provider";
import { certificateResource } from "./certificate/resource";
import { dnsRecordResource } from "./dns-record/resource";
import { providerSchema, validateProvider } from "./provider-schema";
import { rolloutResource } from "./rollout/resource";
import { resolveSettings } from "./settings";

export const unexpiredProvider = (version: string) =>
  defineProvider({
    address: "registry.terraform.io/unexpired/unexpired",
    version,
    schema: providerSchema,
    validate: validateProvider,
    configure: async (config) => ({ ...resolveSettings(config), version }),
    resources: [certificateResource, dnsRecordResource, rolloutResource],
  });
