/** The sandbox's stand-in for hashicorp/aws as a plugin of Terraform. Never installed outside of a sandbox. */
import { servePlugin } from "../provider/plugin/serve-plugin";
import type * as StandInModule from "../sandbox/aws-provider/aws-stand-in";
import type * as TrustModule from "./trust-extra-authorities";

void servePlugin(
  {
    address: "registry.terraform.io/hashicorp/aws",
    load: (log) => {
      const { trustExtraAuthorities } = module.require("./trust-extra-authorities") as typeof TrustModule;
      trustExtraAuthorities(log);
      const { createAwsStandIn } = module.require("../sandbox/aws-provider/aws-stand-in") as typeof StandInModule;
      return createAwsStandIn(process.env);
    },
  },
  process,
);
