import type { Command } from "commander";
import type { CommandManners } from "../command-manners";
import { withEstateFlags, withPolicyFlag } from "./estate-flags";
import type * as RunScan from "./run-scan";

export function addScan(program: Command, manners: CommandManners): void {
  const command = program
    .command("scan")
    .description("look at every certificate and at everything that serves one; changes nothing");
  withPolicyFlag(withEstateFlags(command))
    .option("--no-handshakes", "do not look at the wire")
    .option("--json", "write everything as JSON, by docs/reference/schemas/scan.schema.json")
    .option("--csv", "write the certificates as CSV")
    .option("--html <file>", "write a page for people there")
    .option("--metrics <file>", "write metrics for Prometheus there")
    .option("--costs <prices>", "say what the certificates cost in a year, by prices in a YAML file")
    .action(async (flags: RunScan.ScanFlags, command: Command) => {
      if (flags.json && flags.csv) command.error("error: --json and --csv both write to standard output: choose one");
      // Not an import at the top: help and mistakes must not wait for AWS's SDK, TLS and YAML.
      const { runScan } = module.require("./run-scan") as typeof RunScan;
      await runScan(flags, manners);
    });
}
