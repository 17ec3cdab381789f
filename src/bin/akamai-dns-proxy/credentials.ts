import type { Command } from "commander";
import { issueCredentials } from "../../proxy/issue-credentials";
import type { CommandManners } from "../command-manners";
import { readAwsSecret } from "./read-aws-secret";

export function addCredentials(program: Command, manners: CommandManners): void {
  program
    .command("credentials")
    .description("credentials of clients")
    .command("issue")
    .description("make a token for a client, add it to the policy file, print the .edgerc section once")
    .argument("<client>")
    .requiredOption("--config <policy-file>", "the policy file")
    .option("--out <file>", "write the section there, mode 0600, instead; the file must not be there yet")
    .action((client: string, options: IssueFlags) => issue(client, options, manners));
}

interface IssueFlags {
  readonly config: string;
  readonly out?: string;
}

async function issue(client: string, { config, out }: IssueFlags, manners: CommandManners): Promise<void> {
  const sources = { environment: process.env, readAwsSecret };
  const section = await issueCredentials({ policyFile: config, client, outFile: out, ...sources });
  if (out === undefined) process.stdout.write(section);
  const secret = out === undefined ? "the secret above is shown this once" : `its secret in ${out}, for your eyes only`;
  manners.say(`the token is in ${config}, ${secret}`);
  manners.say("the proxy knows it once it is told to reload (SIGHUP), or started again");
}
