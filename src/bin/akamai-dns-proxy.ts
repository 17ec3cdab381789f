#!/usr/bin/env node
/** The Akamai DNS Proxy. What a program may want is here an `.edgerc` section, or the log. */
import { homedir } from "node:os";
import { Command } from "commander";
import { jsonLinesLogger } from "../platform/log";
import { writePrivateFile } from "../platform/private-file";
import { issueCredentials } from "../proxy/issue-credentials";
import { readPolicyFile, startProxy } from "../proxy/start-proxy";
import { CommandManners } from "./command-manners";

const manners = new CommandManners("akamai-dns-proxy");

function check(file: string): void {
  const { policy } = readPolicyFile(file);
  process.stdout.write(`${file}: no mistakes (clients: ${policy.clients.length}, grants: ${policy.grants.length})\n`);
}

async function issue(client: string, { config, out }: { config: string; out?: string }): Promise<void> {
  const section = await issueCredentials({ policyFile: config, client, environment: process.env, outFile: out });
  if (out === undefined) process.stdout.write(section);
  const secret = out === undefined ? "the secret above is shown this once" : `its secret in ${out}, for your eyes only`;
  manners.say(`the token is in ${config}, ${secret}`);
  manners.say("the proxy knows it once it is started again");
}

async function serve(file: string, { readyFile }: { readyFile?: string }): Promise<void> {
  const logger = jsonLinesLogger((line) => process.stdout.write(line));
  const { listen } = readPolicyFile(file);
  const proxy = await startProxy({ policyFile: file, environment: process.env, homeFolder: homedir(), logger });
  if (listen.insecurePlainHttp === true)
    manners.say(
      "warning: serving plain HTTP. Nothing protects what clients send unless a TLS terminator stands in front",
    );
  const scheme = listen.insecurePlainHttp === true ? "http" : "https";
  const ready = { scheme, host: proxy.host, port: proxy.port };
  logger.log("info", "ready", ready);
  manners.onStopSignal(async (signal) => {
    logger.log("info", "stopping: requests in work are finished", { signal });
    await proxy.close();
    logger.log("info", "stopped");
  });
  if (readyFile !== undefined) await writePrivateFile(readyFile, JSON.stringify(ready) + "\n");
}

const program = new Command("akamai-dns-proxy")
  .description("Gives each team the right to exactly its own DNS records behind one Akamai credential.")
  .exitOverride()
  .configureHelp({ showGlobalOptions: false });
program
  .command("serve")
  .description("serve the policy until SIGTERM or SIGINT")
  .argument("<policy-file>")
  .option("--ready-file <file>", "write host and port there as JSON once requests are taken")
  .action(serve);
program
  .command("check")
  .description("check a policy file and tell every mistake with its line")
  .argument("<policy-file>")
  .action(check);
program
  .command("credentials")
  .description("credentials of clients")
  .command("issue")
  .description("make a token for a client, add it to the policy file, print the .edgerc section once")
  .argument("<client>")
  .requiredOption("--config <policy-file>", "the policy file")
  .option("--out <file>", "write the section there, mode 0600, instead; the file must not be there yet")
  .action(issue);

manners.run(program);
