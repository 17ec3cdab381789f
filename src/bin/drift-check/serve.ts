import { InvalidArgumentError, Option, type Command } from "commander";
import { logLevels } from "../../platform/log";
import type { CommandManners } from "../command-manners";
import type * as RunServe from "./run-serve";

export function addServe(program: Command, manners: CommandManners): void {
  program
    .command("serve")
    .description("run when it is due, and show what came of it; SIGHUP checks the configuration, SIGTERM stops")
    .argument("[stack...]", "names of stacks, or folders, written with a slash (default: all that are known)")
    .option("--schedule <cron>", "when runs are due: minute, hour, day, month, weekday", "17 */6 * * *")
    .option("--time-zone <name>", "of the schedule, such as Europe/Berlin", "UTC")
    .addOption(
      new Option("--jitter <time>", "a run begins up to so much later: 90s, 5m, 1h")
        .argParser(parseSpan)
        .default(300_000, "5m"),
    )
    .option("--apply", "apply plans that hold nothing but renewals")
    .addOption(
      new Option("--listen <host:port>", "where pages and metrics are")
        .argParser(parseListen)
        .default({ host: "127.0.0.1", port: 8790 }, "127.0.0.1:8790"),
    )
    .option("--name <name>", "by which it may be called, beside addresses and localhost; may be repeated", addText, [])
    .option("--config <file>", "the configuration, read before every run (default: drift-check.yaml, if there is one)")
    .option("--terraform-bin <program>", "terraform, or what takes its words, such as tofu")
    .option(
      "--ledger <place>",
      "what dashboards read: a file or postgres://… (default: UNEXPIRED_LEDGER, else the usual one)",
    )
    .option("--scan <file>", "what manage-certs scan --json wrote; may be repeated", addText, [])
    .option("--cloudtrail <path>", "events of keys and secrets: a file or a folder; may be repeated", addText, [])
    .option("--key-access <file>", "who may use keys and secrets, where and when")
    .option(
      "--policy <file>",
      "the policy: whose what is, and which issuers are your own (default: that of the configuration)",
    )
    .option("--proxy-audit <file>", "the audit trail of akamai-dns-proxy, for its decisions")
    .addOption(
      new Option("--runbooks <url>", "where your people read docs/runbooks: pages link there").argParser(parseRunbooks),
    )
    .option("--ready-file <file>", "write host and port there as JSON once requests are taken")
    .addOption(new Option("--log-level <level>", "the least that is logged").choices(logLevels).default("info"))
    .action(async (stacks: readonly string[], flags: RunServe.ServeFlags) => {
      // Not an import at the top: help and mistakes must not wait for it.
      const { runServe } = module.require("./run-serve") as typeof RunServe;
      await runServe(stacks, flags, manners);
    });
}

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

function parseSpan(text: string): number {
  const [, count, unit = ""] = /^(\d{1,5})([smh])$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError("Write 90s, 5m or 1h.");
  return Number(count) * (unitMs[unit] ?? 0);
}

function parseListen(text: string): RunServe.ServeFlags["listen"] {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-f:.]+)\]|([^:[\]/\s]+)):(\d{1,5})$/i.exec(text) ?? [];
  if (port === undefined || Number(port) > 65_535)
    throw new InvalidArgumentError("Write host:port, such as 127.0.0.1:8790.");
  return { host: bracketed ?? plain ?? "", port: Number(port) };
}

function parseRunbooks(text: string): string {
  if (!/^https?:\/\/[^\s]+$/.test(text)) throw new InvalidArgumentError("Write https://…");
  return text.replace(/\/+$/, "");
}

function addText(text: string, others: readonly string[]): readonly string[] {
  return [...others, text];
}
