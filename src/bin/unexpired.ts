#!/usr/bin/env node
/** Brings the Terraform provider to where terraform finds it, runs the sandbox, and works on policies. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { parseRecordName } from "../dns/record-name";
import { describeSandbox } from "../sandbox/describe-sandbox";
import { faultProfiles, type FaultProfile } from "../sandbox/sandbox-options";
import { sandboxUp } from "../sandbox/sandbox-up";
import { CommandManners } from "./command-manners";
import { ownBuild } from "./own-build";
import { addDrill } from "./unexpired/drill";
import { addKeyAccess } from "./unexpired/key-access";
import { addPolicy } from "./unexpired/policy";
import { addLedger } from "./unexpired/ledger";
import { addProvider } from "./unexpired/provider";
import { addServiceLevels } from "./unexpired/service-levels";

const manners = new CommandManners("unexpired");

interface UpOptions {
  readonly readyFile: string;
  readonly seed: number;
  readonly faults: FaultProfile;
  readonly dir?: string;
  readonly zone?: readonly string[];
}

async function up({ readyFile, seed, faults, dir, zone }: UpOptions): Promise<void> {
  const folder = dir === undefined ? await mkdtemp(join(tmpdir(), "unexpired-sandbox-")) : resolve(dir);
  const removeFolder = async () => {
    if (dir === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    const running = await sandboxUp({
      folder,
      seed,
      faults: faultProfiles[faults],
      zones: zone?.map((name) => ({ name })),
      readyFile: resolve(readyFile),
      ...ownBuild(),
    });
    manners.onStopSignal(async () => {
      await running.close();
      await removeFolder();
      manners.say("stopped");
    });
    process.stdout.write(describeSandbox(running.ready, resolve(readyFile)));
    manners.say(`the sandbox is up (faults: ${faults}, seed: ${seed}); Ctrl-C ends it`);
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

function parseSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("Give a whole number.");
  return Number(text);
}

function addZone(text: string, others: readonly string[] = []): readonly string[] {
  try {
    return [...others, parseRecordName(text)];
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

const program = new Command("unexpired")
  .description("TLS certificates on AWS that never run out.")
  .version(ownBuild().version)
  .exitOverride();
addProvider(program, manners);
program
  .command("sandbox")
  .description("everything outside, on loopback")
  .command("up")
  .description("run the sandbox until SIGTERM or SIGINT")
  .requiredOption("--ready-file <file>", "write addresses and credentials there as JSON once everything answers")
  .option("--seed <number>", "of everything that happens by chance", parseSeed, 1)
  .addOption(new Option("--faults <profile>", "what goes wrong").choices(Object.keys(faultProfiles)).default("hostile"))
  .option("--dir <folder>", "keep files there (default: a temporary folder, removed at the end)")
  .option("--zone <name>", "a zone to serve, repeatable (default: example.gov and example.org)", addZone)
  .action(up);
addDrill(program, manners);
addKeyAccess(program, manners);
addLedger(program, manners);
addPolicy(program);
addServiceLevels(program, manners);

manners.run(program);
