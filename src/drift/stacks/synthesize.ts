import { spawn } from "node:child_process";
import { AppError, messageOf } from "../../platform/errors";

/** Runs a command that writes stacks, in the shell, with its words on standard error. Errors: `missing_part`, `aborted`. */
export function synthesize(command: string, environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const failed = (why: string, cause?: unknown) =>
    new AppError(
      signal.aborted ? "aborted" : "missing_part",
      `the stacks could not be synthesized: ${command}: ${why}`,
      {
        hint: "see what it printed; the command stands under cdktf.synthesize in drift-check.yaml",
        cause,
      },
    );
  return new Promise((resolve, reject) => {
    const child = spawn("sh", ["-c", command], { env: environment, stdio: ["ignore", 2, 2], signal });
    child.once("error", (error) => reject(failed(messageOf(error), error)));
    child.once("close", (code, ended) => (code === 0 ? resolve() : reject(failed(`it ended with ${code ?? ended}`))));
  });
}
