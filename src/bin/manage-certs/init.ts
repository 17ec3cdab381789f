import { Option, type Command } from "commander";
import type { CommandManners } from "../command-manners";
import type * as RunInit from "./run-init";

/** What is printed by a flag of that name. */
const printed = {
  iam: "the IAM policy that scan, renew and revoke need",
  github: "a workflow of GitHub Actions",
  gitlab: "a pipeline of GitLab CI",
  jenkins: "a Jenkinsfile",
};

export function addInit(program: Command, manners: CommandManners): void {
  const command = program
    .command("init")
    .description("write a manage-certs.yaml to start from; with an option, print something else and write nothing")
    .option("--config <file>", "the file to write (default: manage-certs.yaml)");
  const flags = Object.entries(printed);
  for (const [name, what] of flags) {
    const conflicting = flags.map(([other]) => other).filter((other) => other !== name);
    command.addOption(new Option(`--${name}`, `print ${what}`).conflicts([...conflicting, "config"]));
  }
  command.action(async (chosen: RunInit.InitFlags) => {
    // Not an import at the top: help and mistakes wait for nothing.
    const { runInit } = module.require("./run-init") as typeof RunInit;
    await runInit(chosen, manners);
  });
}
