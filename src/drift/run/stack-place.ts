import { createHash } from "node:crypto";
import { mkdir, open, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError, isAppError, messageOf } from "../../platform/errors";
import { lockFile } from "../../platform/file-lock";
import type { Stack } from "../stacks/stack";

/** A stack's own folder of ours, while it is locked. */
export interface StackPlace {
  /** Stays from run to run. */
  readonly folder: string;
  /** Private and empty at first; with plans it may hold secrets, and goes with the lock. */
  readonly workFolder: string;
  readonly lockDescriptor: number;
}

/**
 * Does something with a stack that no other drift-check of this machine works on. The lock is the kernel's: it ends with
 * the last process that has it, so what a killed run left behind is cleared by the next one, once its terraform has ended
 * as well. Errors: `locked`, `store_unwritable`, `missing_part`, and those of `work`.
 */
export async function inStackPlace<T>(
  { name, folder: stackFolder }: Stack,
  stateFolder: string,
  work: (place: StackPlace) => Promise<T>,
): Promise<T> {
  const key = createHash("sha256")
    .update(await realpath(stackFolder))
    .digest("hex")
    .slice(0, 16);
  const folder = join(stateFolder, "drift", `${name.replace(/[^\w.-]/g, "_")}-${key}`);
  const lock = await written(folder, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return open(join(folder, "lock"), "a", 0o600);
  });
  try {
    await lockFile(lock.fd, join(folder, "lock")).catch((error: unknown) => {
      throw isAppError(error, "locked") ? takenError(name) : error;
    });
    const workFolder = join(folder, "work");
    await written(workFolder, async () => {
      await rm(workFolder, { recursive: true, force: true });
      await mkdir(workFolder, { mode: 0o700 });
    });
    try {
      return await work({ folder, workFolder, lockDescriptor: lock.fd });
    } finally {
      await rm(workFolder, { recursive: true, force: true });
    }
  } finally {
    await lock.close();
  }
}

function takenError(name: string): AppError {
  return new AppError("locked", `another drift-check is at work on ${name}, or a terraform that one has started`, {
    hint: "wait for it",
    retryable: true,
  });
}

async function written<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new AppError("store_unwritable", `cannot write ${path}: ${messageOf(error)}`, {
      hint: "check that the folder is yours and not full; UNEXPIRED_STATE_DIR names another one",
      cause: error,
    });
  }
}
