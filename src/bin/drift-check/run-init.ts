import { defaultFileName } from "../../drift/config/read-config";
import { pipelines, type Platform } from "../../drift/init/pipelines";
import { starterConfig } from "../../drift/init/starter-config";
import { writeNewFile } from "../../platform/new-file";
import { AppError } from "../../platform/errors";
import type { CommandManners } from "../command-manners";

export interface InitFlags extends Partial<Readonly<Record<Platform, true>>> {
  readonly config?: string;
  readonly force?: true;
}

/** A file that is there stays, and is named; it is an error where nothing is left to write. */
export async function runInit(flags: InitFlags, manners: CommandManners): Promise<void> {
  const platform = (Object.keys(pipelines) as Platform[]).find((name) => flags[name]);
  const pipeline = platform && pipelines[platform];
  const config = {
    file: flags.config ?? defaultFileName,
    text: starterConfig,
    next: "list your stacks in it, then try drift-check run, which changes nothing",
  };
  const wanted = pipeline === undefined ? [config] : [config, pipeline];
  const there: string[] = [];
  for (const { file, text, next } of wanted) {
    const isWritten = await writeNewFile(file, text, { overwrite: flags.force, makeFolders: file === pipeline?.file });
    if (isWritten) manners.say(`${file} was written: ${next}`);
    else there.push(file);
  }
  const hint = "--force writes over it";
  if (there.length === wanted.length)
    throw new AppError("invalid_argument", `already there, and left as it is: ${there.join(", ")}`, { hint });
  for (const file of there) manners.say(`already there, and left as it is: ${file}; ${hint}`);
}
