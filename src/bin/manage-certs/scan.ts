import { InvalidArgumentError, type Command } from "commander";
import type * as RunScan from "./run-scan";

export function addScan(program: Command): void {
  program
    .command("scan")
    .description("look at every certificate and at everything that serves one; changes nothing")
    .option(
      "--regions <all|r1,r2>",
      "regions to look in (default: manage-certs.yaml's, else the environment's)",
      regions,
    )
    .option("--accounts <file>", "YAML file with the accounts to look in and the roles to assume there")
    .option("--config <file>", "configuration (default: manage-certs.yaml, if there is one)")
    .option("--connect-to <name:port:host:port>", "where a name really is, as curl takes it; repeatable", collect)
    .option("--roots <file>", "PEM file of roots to trust beside the public ones")
    .option("--no-handshakes", "do not look at the wire")
    .option("--json", "write everything as JSON, by docs/reference/schemas/scan.schema.json")
    .option("--csv", "write the certificates as CSV")
    .option("--metrics <file>", "write metrics for Prometheus there")
    .action(async (flags: RunScan.ScanFlags, command: Command) => {
      if (flags.json && flags.csv) command.error("error: --json and --csv both write to standard output: choose one");
      // Not an import at the top: help and mistakes must not wait for AWS's SDK, TLS and YAML.
      const { runScan } = module.require("./run-scan") as typeof RunScan;
      await runScan(flags);
    });
}

function regions(text: string): "all" | string[] {
  if (text === "all") return text;
  const names = text.split(",");
  const wrong = names.find((name) => !/^[a-z]{2}(-[a-z]+)+-\d+$/.test(name));
  if (wrong === undefined) return names;
  throw new InvalidArgumentError(`"${wrong}" is not the name of a region; write eu-west-1,us-east-1 or all.`);
}

function collect(text: string, others: readonly string[] = []): readonly string[] {
  return [...others, text];
}
