import { appendFile } from "node:fs/promises";
import { AppError, messageOf } from "../errors";

/** Appends to a file that others write to as well, such as the step summary of a pipeline. Errors: `store_unwritable`. */
export async function appendReport(file: string, text: string): Promise<void> {
  try {
    await appendFile(file, text);
  } catch (error) {
    throw new AppError("store_unwritable", `cannot write ${file}: ${messageOf(error)}`, {
      hint: "check that the folder exists and is yours",
      cause: error,
    });
  }
}
