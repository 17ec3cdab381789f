import { once } from "node:events";
import { homedir } from "node:os";
import { InvalidArgumentError, Option, type Command } from "commander";
import { entryTable } from "../../ledger/entry-table";
import { findEntries } from "../../ledger/find-entries";
import { ledgerEvents, type LedgerEvent } from "../../ledger/ledger-entry";
import { toOtelLog } from "../../ledger/otel-logs";
import { readLedger } from "../../ledger/read-ledger";
import { usualLedger } from "../../ledger/usual-recorder";
import { verifyLedger } from "../../ledger/verify-ledger";
import { addVerification } from "../chain-verification";
import type { CommandManners } from "../command-manners";
import { ownBuild } from "../own-build";

const placeHelp = "a file or postgres://… (default: UNEXPIRED_LEDGER, else ledger.jsonl in the state folder)";

export function addLedger(program: Command, manners: CommandManners): void {
  const ledger = program.command("ledger").description("what was done to certificates, by whom and why");
  addVerification(ledger, manners, {
    places: { flags: "[places...]", description: `the files of one ledger, oldest first, or a database; ${placeHelp}` },
    verify: (places, expected) => verifyLedger(places.length === 0 ? [ledgerHere()] : places, expected),
  });
  ledger
    .command("show")
    .description("the latest entries, for people")
    .argument("[place]", placeHelp)
    .option("--about <text>", "only what was done to this: a name, an ARN, a stack; may be repeated", addText, [])
    .addOption(new Option("--event <event>", "only this; may be repeated").argParser(addEvent))
    .option("--since <time>", "from then on: a date, or 90m, 24h, 7d", parseSince)
    .option("--last <number>", "no more than so many", parseCount, 50)
    .option("--json", "write the entries as JSON, by docs/reference/schemas/ledger-entries.schema.json")
    .action(show);
  ledger
    .command("export")
    .description("write entries as OpenTelemetry logs, one line of OTLP/JSON each")
    .argument("[place]", `${placeHelp}; an audit trail of akamai-dns-proxy will do, too`)
    .option("--follow", "wait for more until SIGTERM or SIGINT")
    .action((place: string | undefined, flags: { follow?: true }) => exportLogs(place, flags, manners));
}

interface ShowFlags {
  readonly about: readonly string[];
  readonly event?: readonly LedgerEvent[];
  readonly since?: string;
  readonly last: number;
  readonly json?: true;
}

async function show(place: string | undefined, { about, event, since, last, json }: ShowFlags): Promise<void> {
  const entries = await findEntries(readLedger(place ?? ledgerHere()), { about, events: event, since, last });
  if (json) process.stdout.write(JSON.stringify(entries, null, 2) + "\n");
  else process.stdout.write(entries.length === 0 ? "no such entries\n" : entryTable(entries));
}

async function exportLogs(place: string | undefined, { follow }: { follow?: true }, manners: CommandManners) {
  const stopping = new AbortController();
  const { stdout } = process;
  stdout.once("close", () => stopping.abort());
  if (follow) manners.onStopSignal(() => Promise.resolve(stopping.abort()));
  const service = { name: "unexpired", version: ownBuild().version };
  let others = 0;
  for await (const line of readLedger(place ?? ledgerHere(), { follow, signal: stopping.signal })) {
    if (stdout.destroyed) return;
    const log = toOtelLog(line, service);
    if (log === undefined) others++;
    // who reads more slowly than we write is waited for
    else if (!stdout.write(log + "\n")) await once(stdout, "drain", stopping).catch(() => undefined);
  }
  if (others > 0) manners.say(`${others} lines are no entries: verify tells why`);
}

function ledgerHere(): string {
  return usualLedger({ environment: process.env, homeFolder: homedir() });
}

function addText(text: string, others: readonly string[]): readonly string[] {
  return [...others, text];
}

function addEvent(text: string, others: readonly LedgerEvent[] = []): readonly LedgerEvent[] {
  const event = ledgerEvents.find((known) => known === text);
  if (event === undefined) throw new InvalidArgumentError(`It is one of ${ledgerEvents.join(", ")}.`);
  return [...others, event];
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError("Give a whole number.");
  return Number(text);
}

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

function parseSince(text: string): string {
  const [, count, unit = ""] = /^([1-9]\d{0,5})([mhd])$/.exec(text) ?? [];
  const time = count === undefined ? Date.parse(text) : Date.now() - Number(count) * (unitMs[unit] ?? 0);
  if (Number.isNaN(time)) throw new InvalidArgumentError("It is a date such as 2026-01-31, or 90m, 24h, 7d.");
  return new Date(time).toISOString();
}
