/** Files that only their owner may read, written so that a reader never sees half of one. */
import { randomBytes } from "node:crypto";
import { mkdir, link, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError, messageOf } from "./errors";

/** The text of a file, or undefined if there is none. */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new AppError("store_unreadable", `cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

/** Replaces the file atomically; mode 0600, its folder 0700, synced to disk before it becomes visible. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  await guarded(path, async () => {
    const temporary = await writeTemporary(path, text);
    await rename(temporary, path);
    await syncFolderOf(path);
  });
}

/** Creates the file unless there is one; says whether this call created it. Atomic among processes. */
export async function createPrivateFile(path: string, text: string): Promise<boolean> {
  return guarded(path, async () => {
    const temporary = await writeTemporary(path, text);
    try {
      await link(temporary, path);
      await syncFolderOf(path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    } finally {
      await rm(temporary, { force: true });
    }
  });
}

async function writeTemporary(path: string, text: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  const handle = await open(temporary, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return temporary;
}

/** A file, or a folder, that is synced may still be lost with its name: the name is in the folder above. */
export async function syncFolderOf(path: string): Promise<void> {
  const folder = await open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function guarded<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw new AppError("store_unwritable", `cannot write ${path}: ${messageOf(error)}`, {
      cause: error,
      hint: "check that the folder exists, belongs to you and is not full",
    });
  }
}
