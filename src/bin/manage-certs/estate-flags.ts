import { InvalidArgumentError, type Command } from "commander";

/** Options of every command that looks at the estate. */
export interface EstateFlags {
  readonly regions?: "all" | readonly string[];
  readonly accounts?: string;
  readonly config?: string;
  readonly connectTo?: readonly string[];
  readonly roots?: string;
}

/** Of those that hold what they see, or do, to a policy. */
export interface PolicyFlags {
  readonly policy?: string;
}

export function withEstateFlags(command: Command): Command {
  return command
    .option(
      "--regions <all|r1,r2>",
      "regions to look in (default: manage-certs.yaml's, else the environment's)",
      regions,
    )
    .option("--accounts <file>", "YAML file with the accounts to look in and the roles to assume there")
    .option("--config <file>", "configuration (default: manage-certs.yaml, if there is one)")
    .option("--connect-to <name:port:host:port>", "where a name really is, as curl takes it; repeatable", collect)
    .option("--roots <file>", "PEM file of roots to trust beside the public ones");
}

export function withPolicyFlag(command: Command): Command {
  return command.option(
    "--policy <file>",
    "policy to hold everything to (default: manage-certs.yaml's, else UNEXPIRED_POLICY)",
  );
}

export function collect(text: string, others: readonly string[] = []): readonly string[] {
  return [...others, text];
}

function regions(text: string): "all" | string[] {
  if (text === "all") return text;
  const names = text.split(",");
  const wrong = names.find((name) => !/^[a-z]{2}(-[a-z]+)+-\d+$/.test(name));
  if (wrong === undefined) return names;
  throw new InvalidArgumentError(`"${wrong}" is not the name of a region; write eu-west-1,us-east-1 or all.`);
}
