/** The sandbox's stand-in for hashicorp/aws as a plugin of Terraform. Never installed outside of a sandbox. */
import { servePlugin } from "../provider/plugin/serve-plugin";
import type * as StandInModule from "../sandbox/aws-provider/aws-stand-in";

void servePlugin(
  {
    address: "registry.terraform.io/hashicorp/aws",
    load: () => {
      const { createAwsStandIn } = module.require("../sandbox/aws-provider/aws-stand-in") as typeof StandInModule;
      return createAwsStandIn(process.env);
    },
  },
  process,
);
