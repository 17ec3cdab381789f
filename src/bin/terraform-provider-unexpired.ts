/** The Terraform provider, as terraform starts it: `provider.cjs` of the installed package. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { servePlugin } from "../provider/plugin/serve-plugin";
import type * as ProviderModule from "../provider/resources/provider";
import type * as TrustModule from "./trust-extra-authorities";

/** The package.json that the build writes beside the bundle. */
function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(join(__dirname, "package.json"), "utf8")) as { readonly version: string };
  return version;
}

void servePlugin(
  {
    address: "registry.terraform.io/unexpired/unexpired",
    load: (log) => {
      const { trustExtraAuthorities } = module.require("./trust-extra-authorities") as typeof TrustModule;
      trustExtraAuthorities(log);
      const { unexpiredProvider } = module.require("../provider/resources/provider") as typeof ProviderModule;
      return unexpiredProvider(ownVersion());
    },
  },
  process,
);
