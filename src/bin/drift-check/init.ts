import { Option, type Command } from "commander";
import type { CommandManners } from "../command-manners";
import type * as RunInit from "./run-init";

/** What is written beside drift-check.yaml, by the flag of that name. */
const written = {
  github: "a workflow of GitHub Actions",
  gitlab: "a pipeline of GitLab CI",
  jenkins: "a Jenkinsfile",
  cron: "a file for /etc/cron.d",
};

export function addInit(program: Command, manners: CommandManners): void {
  const command = program
    .command("init")
    .description("write a drift-check.yaml to start from, and a pipeline that checks on a schedule")
    .option("--config <file>", "the configuration to write (default: drift-check.yaml)")
    .option("--force", "write over files that are there");
  const names = Object.keys(written);
  for (const [name, what] of Object.entries(written))
    command.addOption(new Option(`--${name}`, `write ${what}, too`).conflicts(names.filter((other) => other !== name)));
  command.action(async (chosen: RunInit.InitFlags) => {
    // Not an import at the top: help and mistakes wait for nothing.
    const { runInit } = module.require("./run-init") as typeof RunInit;
    await runInit(chosen, manners);
  });
}
