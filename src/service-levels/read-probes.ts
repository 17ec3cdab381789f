import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, messageOf } from "../platform/errors";
import type { FindWhose, Probe } from "./probe";
import { probeOfDriftRun } from "./probe-of-drift-run";
import { probeOfScan } from "./probe-of-scan";
import { budgetWindow, windows } from "./targets";

export interface ProbesToRead {
  /** What `manage-certs scan --json` wrote. */
  readonly scans: readonly string[];
  /** The folder in which drift-check keeps its runs: a folder for each, with a `run.json`. */
  readonly runs: { readonly folder: string; readonly mustExist: boolean };
  readonly whose?: FindWhose;
  readonly now: Date;
}

/** Begins with the time of the run. */
const runName = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})/;

/** Looks that a window may see, and the latest run. Errors: `missing_file`; `invalid_argument` for another document. */
export async function readProbes({ scans, runs, whose, now }: ProbesToRead): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  for (const file of scans) {
    const probe = probeOfScan(await readJson(file), whose);
    if (probe === undefined) throw notOurs(file, "a scan", "write it with: manage-certs scan --json");
    probes.push(probe);
  }
  const begin = now.getTime() - windows[budgetWindow];
  const names = await runsIn(runs);
  for (const name of names.filter((each, index) => index === names.length - 1 || timeOf(each) > begin)) {
    const file = join(runs.folder, name, "run.json");
    const document = await readJson(file).catch(unlessDropped);
    if (document === undefined) continue;
    const probe = probeOfDriftRun(document, whose);
    if (probe === undefined)
      throw notOurs(file, "a run of drift-check", "name the folder in which drift-check keeps its runs");
    probes.push(probe);
  }
  return probes;
}

/** Oldest first. */
async function runsIn({ folder, mustExist }: ProbesToRead["runs"]): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => runName.test(name)).sort();
  } catch (error) {
    if (!mustExist && (error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw unreadable(error);
  }
}

function timeOf(name: string): number {
  const [, year, month, day, hour, minute, second] = runName.exec(name) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw unreadable(error);
  });
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** drift-check drops old runs while others read. */
function unlessDropped(error: unknown): undefined {
  if (((error as AppError).cause as NodeJS.ErrnoException | undefined)?.code === "ENOENT") return undefined;
  throw error;
}

function unreadable(error: unknown): AppError {
  return new AppError("missing_file", `cannot read what was looked at: ${messageOf(error)}`, { cause: error });
}

function notOurs(file: string, what: string, hint: string): AppError {
  return new AppError("invalid_argument", `${file} is not ${what}`, { hint });
}
