import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError, messageOf } from "./errors";

export interface NewFileOptions {
  /** Whether a file that is there is written over. @default false */
  readonly overwrite?: boolean;
  /** Whether folders that are not there are made. @default false */
  readonly makeFolders?: boolean;
}

/** Writes a file for people to edit; says whether it did: a file that is there stays. Errors: `store_unwritable`. */
export async function writeNewFile(
  file: string,
  text: string,
  { overwrite = false, makeFolders = false }: NewFileOptions = {},
): Promise<boolean> {
  try {
    if (makeFolders) await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: overwrite ? "w" : "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new AppError("store_unwritable", `cannot write ${file}: ${messageOf(error)}`, { cause: error });
  }
}
