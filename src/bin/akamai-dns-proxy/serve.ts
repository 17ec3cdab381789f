import { homedir } from "node:os";
import { InvalidArgumentError, Option, type Command } from "commander";
import { jsonLinesLogger, standardOutputLines } from "../../platform/json-lines-logger";
import { logLevels, type LogLevel } from "../../platform/log";
import { writePrivateFile } from "../../platform/private-file";
import { toAppError } from "../../platform/errors";
import { Redactor } from "../../platform/redact";
import { readPolicyFile } from "../../proxy/policy-file/read-policy-file";
import { startProxy } from "../../proxy/start-proxy";
import type { CommandManners } from "../command-manners";
import { readAwsSecret } from "./read-aws-secret";

export function addServe(program: Command, manners: CommandManners): void {
  program
    .command("serve")
    .description("serve the policy; SIGHUP reloads, SIGTERM stops")
    .argument("<policy-file>")
    .option("--ready-file <file>", "write host and port there as JSON once requests are taken")
    .addOption(
      new Option("--log-level <level>", "the least that is logged")
        .choices(logLevels)
        .env("ADP_LOG_LEVEL")
        .default("info"),
    )
    .addOption(
      new Option("--drain-seconds <seconds>", "go on for so long after SIGTERM, while /readyz says no")
        .argParser(parseSeconds)
        .default(0),
    )
    .action((file: string, options: ServeFlags) => serve(file, options, manners));
}

interface ServeFlags {
  readonly readyFile?: string;
  readonly logLevel: LogLevel;
  readonly drainSeconds: number;
}

function parseSeconds(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError("It must be a number of seconds, 999 at most.");
  return Number(text);
}

async function serve(file: string, flags: ServeFlags, manners: CommandManners): Promise<void> {
  const { readyFile, logLevel, drainSeconds } = flags;
  const redactor = new Redactor();
  const logger = jsonLinesLogger(standardOutputLines().write, { level: logLevel, redactor });
  const { listen } = readPolicyFile(file);
  const sources = { policyFile: file, environment: process.env, homeFolder: homedir(), readAwsSecret };
  const proxy = await startProxy({ ...sources, logger, redactor });
  if (listen.insecurePlainHttp === true)
    manners.say(
      "warning: serving plain HTTP. Nothing protects what clients send unless a TLS terminator stands in front",
    );
  const scheme = listen.insecurePlainHttp === true ? "http" : "https";
  const ready = { scheme, host: proxy.host, port: proxy.port };
  logger.log("info", "ready", ready);
  process.on("SIGHUP", () => {
    proxy.reload().catch((thrown: unknown) => {
      const { code, message, hint } = toAppError(thrown);
      logger.log("error", "the policy was not reloaded, what was there stays in force", { code, error: message, hint });
    });
  });
  manners.onStopSignal(async (signal) => {
    logger.log("info", "stopping: requests in work are finished", { signal });
    await proxy.close({ drainMs: drainSeconds * 1000 });
    logger.log("info", "stopped");
  });
  if (readyFile !== undefined) await writePrivateFile(readyFile, JSON.stringify(ready) + "\n");
}
