/**
 * A lock that the kernel holds for an open file and lets go of when the last process that has it open ends, however it
 * ends: there is no stale lock. Node cannot take one, so flock(1) of util-linux or busybox takes it for us: flock(2)
 * locks belong to the open file, which the child shares, and outlive the child.
 */
import { spawn } from "node:child_process";
import { AppError, messageOf } from "./errors";

/** The exit code of flock(1) if somebody else has the lock. */
const isTaken = 1;

/** Locks an open file for this process. Errors: `locked`, `missing_part`. */
export async function lockFile(descriptor: number, path: string, program = "flock"): Promise<void> {
  const failed = (why: string, cause?: unknown) =>
    new AppError("missing_part", `cannot lock ${path}: ${why}`, {
      cause,
      hint: 'install the program "flock": util-linux on Debian, part of busybox on Alpine',
    });
  const code = await new Promise<number | null>((done, fail) => {
    const child = spawn(program, ["-x", "-n", "3"], { stdio: ["ignore", "ignore", "ignore", descriptor] });
    child.once("error", (error) => fail(failed(messageOf(error), error)));
    child.once("exit", (status) => done(status));
  });
  if (code === isTaken)
    throw new AppError("locked", `another process has ${path} in use`, {
      hint: "stop that process, or name another file: each process needs its own",
    });
  if (code !== 0) throw failed(`${program} ended with ${code}`);
}
