import type { Command } from "commander";
import type { CommandManners } from "../command-manners";
import { withEstateFlags } from "./estate-flags";
import { withReportFlags } from "./report-flags";
import type * as RunVerify from "./run-verify";

export function addVerify(program: Command, manners: CommandManners): void {
  const command = program
    .command("verify")
    .description("shake hands with listeners and tell whether clients get what they should; changes nothing")
    .argument(
      "[targets...]",
      "listeners, load balancers, distributions, domain names, ARNs of certificates, or host:port (default: everything)",
    );
  withReportFlags(withEstateFlags(command), "verify").action(
    async (targets: readonly string[], flags: RunVerify.VerifyFlags) => {
      // Not an import at the top: help and mistakes must not wait for AWS's SDK, TLS and YAML.
      const { runVerify } = module.require("./run-verify") as typeof RunVerify;
      await runVerify(targets, flags, manners);
    },
  );
}
