import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";

/** The text of a file that a program writes, as a whole, when it is ready. Fails if the program ends before. */
export async function waitForFile(file: string, program: ChildProcess): Promise<string> {
  for (;;) {
    try {
      return readFileSync(file, "utf8");
    } catch (error) {
      if (program.exitCode !== null || program.signalCode !== null)
        throw new Error(`the program ended with ${program.exitCode ?? program.signalCode} and left no ${file}`, {
          cause: error,
        });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
