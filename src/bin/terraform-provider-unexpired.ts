/** The Terraform provider, as terraform starts it: `provider.cjs` of the installed package. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { servePlugin } from "../provider/plugin/serve-plugin";
import { defineProvider } from "../provider/rpc/provider";
import { defineSchema } from "../provider/schema";

/** The package.json that the build writes beside the bundle. */
function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(join(__dirname, "package.json"), "utf8")) as { readonly version: string };
  return version;
}

void servePlugin(
  defineProvider({
    address: "registry.terraform.io/unexpired/unexpired",
    version: ownVersion(),
    schema: defineSchema({ attributes: {} }),
    configure: async () => null,
    resources: [],
  }),
  process,
);
