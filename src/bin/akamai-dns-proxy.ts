#!/usr/bin/env node
/**
 * The Akamai DNS Proxy. Output for people goes to standard error, short and lower case; what a program may want (an
 * `.edgerc` section, the log) goes to standard output. Exit codes: 0 done, 1 failed, 64 usage.
 */
import { homedir } from "node:os";
import { Command, CommanderError } from "commander";
import { toAppError } from "../platform/errors";
import { jsonLinesLogger } from "../platform/log";
import { writePrivateFile } from "../platform/private-file";
import { issueCredentials } from "../proxy/issue-credentials";
import { readPolicyFile, startProxy } from "../proxy/start-proxy";

const usageError = 64;

function say(line: string): void {
  process.stderr.write(`akamai-dns-proxy: ${line}\n`);
}

function fail(thrown: unknown): void {
  if (thrown instanceof CommanderError) {
    process.exitCode = thrown.exitCode === 0 ? 0 : usageError;
    return;
  }
  const error = toAppError(thrown);
  for (const line of error.message.split("\n")) say(line);
  if (error.hint !== undefined) say(`hint: ${error.hint}`);
  process.exitCode = 1;
}

function check(file: string): void {
  const { policy } = readPolicyFile(file);
  process.stdout.write(`${file}: no mistakes (clients: ${policy.clients.length}, grants: ${policy.grants.length})\n`);
}

async function issue(client: string, { config }: { config: string }): Promise<void> {
  process.stdout.write(await issueCredentials({ policyFile: config, client, environment: process.env }));
  say(`the token is in ${config}; the secret above is shown this once`);
}

async function serve(file: string, { readyFile }: { readyFile?: string }): Promise<void> {
  const logger = jsonLinesLogger((line) => process.stdout.write(line));
  const { listen } = readPolicyFile(file);
  const proxy = await startProxy({ policyFile: file, environment: process.env, homeFolder: homedir(), logger });
  if (listen.insecurePlainHttp === true)
    say("warning: serving plain HTTP. Nothing protects what clients send unless a TLS terminator stands in front");
  const scheme = listen.insecurePlainHttp === true ? "http" : "https";
  const ready = { scheme, host: proxy.host, port: proxy.port };
  logger.log("info", "ready", ready);
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) return;
    isStopping = true;
    logger.log("info", "stopping: requests in work are finished", { signal });
    proxy.close().then(() => logger.log("info", "stopped"), fail);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
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
  .action(issue);

program.parseAsync().catch(fail);
