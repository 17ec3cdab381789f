import { readFileSync } from "node:fs";
import { AppError, messageOf } from "../errors";

/** A file that the command line or another file names. Errors: `missing_file`, which names its role. */
export function readNamedFile(file: string, role: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new AppError("missing_file", `cannot read ${role}: ${messageOf(error)}`, { cause: error });
  }
}
