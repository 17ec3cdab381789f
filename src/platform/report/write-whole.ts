import { rename, rm, writeFile } from "node:fs/promises";
import { AppError, messageOf } from "../errors";

/** Writes a file that its readers see whole or not at all. Errors: `store_unwritable`. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new AppError("store_unwritable", `cannot write ${file}: ${messageOf(error).replaceAll(temporary, file)}`, {
      hint: "check that the folder exists and is yours",
      cause: error,
    });
  }
}
