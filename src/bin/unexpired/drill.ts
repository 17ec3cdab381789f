import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import { allDrills } from "../../drill/all-drills";
import { checkParts } from "../../drill/check-parts";
import type { Drill } from "../../drill/drill";
import { toDrillDocument } from "../../drill/drill-document";
import { OwnPrograms } from "../../drill/own-programs";
import { drillTable } from "../../drill/report-text";
import { runDrills } from "../../drill/run-drills";
import { sleep, systemClock } from "../../platform/clock";
import { AppError } from "../../platform/errors";
import { aligned } from "../../platform/report/aligned";
import { writeWhole } from "../../platform/report/write-whole";
import type { CommandManners } from "../command-manners";
import { fromCommandLine } from "../from-command-line";
import { ownBuild } from "../own-build";

export function addDrill(program: Command, manners: CommandManners): void {
  program
    .command("drill")
    .description(
      "make a fault in a sandbox of its own, and see that the alarm comes and the way back works; nothing real is " +
        "touched; needs prometheus on PATH, and four drills terraform; docs/guides/drills.md says what the numbers mean",
    )
    .argument("[names...]", "which; --list has them")
    .option("--all", "every one")
    .option("--list", "say which there are, and run none")
    .option("--json <file>", "write what came of them as JSON there, by docs/reference/schemas/drill.schema.json")
    .option("--at-once <number>", "how many side by side", parseCount, 5)
    .option("--time-scale <number>", "what the hours and minutes of the alert rules are divided by", parseCount, 60)
    .action((names: readonly string[], flags: DrillFlags) => drill(names, flags, manners));
}

interface DrillFlags {
  readonly all?: true;
  readonly list?: true;
  readonly json?: string;
  readonly atOnce: number;
  readonly timeScale: number;
}

async function drill(names: readonly string[], flags: DrillFlags, manners: CommandManners): Promise<void> {
  if (flags.list) {
    const rows = allDrills.map(({ name, failureMode = "", alert, what }) => [name, failureMode, alert, what]);
    process.stdout.write(aligned([["DRILL", "MODE", "ALARM", "FAULT"], ...rows]).join("\n") + "\n");
    return;
  }
  const drills = fromCommandLine(() => chosen(names, flags));
  const path = process.env.PATH ?? "";
  await checkParts(drills, path);
  const stopping = new AbortController();
  manners.onStopSignal(() => Promise.resolve(stopping.abort()));
  const folder = await mkdtemp(join(tmpdir(), "unexpired-drill-"));
  try {
    manners.say(
      `everything is made below ${folder}, and removed at the end; hours and minutes of the alert rules are ` +
        `${flags.timeScale} times shorter, and Prometheus scrapes each second`,
    );
    const reports = await runDrills(drills, {
      ...{ folder, path, ...ownBuild(), atOnce: flags.atOnce, timeScale: flags.timeScale, sleep, clock: systemClock },
      programs: new OwnPrograms(resolve(__dirname, ".."), stopping.signal),
      say: ({ name }, line) => manners.say(`${name}: ${line}`),
    });
    process.stdout.write(drillTable(reports));
    if (flags.json !== undefined) {
      const document = toDrillDocument(reports, flags.timeScale);
      await writeWhole(flags.json, JSON.stringify(document, null, 2) + "\n");
    }
    if (reports.some(({ failures }) => failures.length > 0)) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function chosen(names: readonly string[], { all }: DrillFlags): readonly Drill[] {
  if (all && names.length === 0) return allDrills;
  if (all || names.length === 0)
    throw new AppError("invalid_argument", all ? "--all and names exclude each other" : "which drill is to be run?", {
      hint: "name some, or say --all; --list has them",
    });
  return names.map((name) => {
    const found = allDrills.find((each) => each.name === name);
    if (found === undefined)
      throw new AppError("invalid_argument", `there is no drill ${name}`, { hint: "unexpired drill --list has them" });
    return found;
  });
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("Give a whole number.");
  return Number(text);
}
