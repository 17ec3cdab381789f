/** The sandbox's stand-in for hashicorp/aws as a plugin of Terraform. Never installed outside of a sandbox. */
import { servePlugin } from "../provider/plugin/serve-plugin";
import { createAwsStandIn } from "../sandbox/aws-provider/aws-stand-in";

void servePlugin(createAwsStandIn(process.env), process);
