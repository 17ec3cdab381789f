import { readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { AppError, messageOf } from "../../platform/errors";
import { didYouMean } from "../../platform/yaml-file/did-you-mean";
import type { Stack } from "./stack";

export interface FindStacksOptions {
  /** Plain terraform folders that the configuration names. */
  readonly named: readonly Stack[];
  /** What cdktf synthesizes into: a folder for each stack below `stacks`. */
  readonly cdktfFolder: string;
  /** Names of stacks, or folders where there is a slash. Empty: all. */
  readonly wanted: readonly string[];
}

/** The stacks to look at, in the order of their names. Errors: `invalid_argument`, `invalid_config`, `missing_file`. */
export async function findStacks({ named, cdktfFolder, wanted }: FindStacksOptions): Promise<Stack[]> {
  const folders = wanted.filter(isFolder);
  const names = wanted.filter((each) => !isFolder(each));
  const known = [
    ...named.map(({ name, folder }) => ({ name, folder: resolve(folder) })),
    ...(await synthesized(cdktfFolder)),
  ];
  const twice = known.find(({ name }, index) => known.findIndex((other) => other.name === name) < index);
  if (twice !== undefined)
    throw new AppError("invalid_config", `two stacks are called ${twice.name}`, {
      hint: "give the one in `stacks` of drift-check.yaml another name",
    });
  const inFolder = (folder: string) => known.find((stack) => stack.folder === resolve(folder)) ?? plainStack(folder);
  const chosen = [...names.map((name) => stackCalled(name, known)), ...folders.map(inFolder)];
  const stacks = wanted.length === 0 ? known : chosen;
  if (stacks.length === 0)
    throw new AppError("invalid_config", `there is no stack in ${join(cdktfFolder, "stacks")}, and none is named`, {
      hint: "synthesize first, name folders on the command line (./infra), or list them in drift-check.yaml",
    });
  for (const { folder } of stacks) await checkFolder(folder);
  const unique = new Map(stacks.map((stack) => [stack.name, stack]));
  return [...unique.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

function isFolder(text: string): boolean {
  return text.includes("/") || text === "." || text === "..";
}

function plainStack(folder: string): Stack {
  return { name: basename(resolve(folder)), folder: resolve(folder), typedAs: folder };
}

function stackCalled(name: string, known: readonly Stack[]): Stack {
  const found = known.find((stack) => stack.name === name);
  if (found !== undefined) return found;
  const names = known.map((stack) => stack.name);
  throw new AppError("invalid_argument", `there is no stack ${name}`, {
    hint:
      didYouMean(name, names) ?? `there are ${names.join(", ") || "none"}; a folder is written with a slash: ./${name}`,
  });
}

/** cdktf writes `stacks/NAME/cdk.tf.json` (cdktf, "Synthesize"). */
async function synthesized(cdktfFolder: string): Promise<Stack[]> {
  const folder = resolve(cdktfFolder, "stacks");
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => ({ name, folder: join(folder, name) }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new AppError("missing_file", `cannot read ${folder}: ${messageOf(error)}`, { cause: error });
  }
}

async function checkFolder(folder: string): Promise<void> {
  const isThere = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isThere) throw new AppError("missing_file", `there is no folder ${folder}`, { hint: "correct the path" });
}
