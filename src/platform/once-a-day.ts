import { createHash } from "node:crypto";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Whether something is met for the first time on a day (UTC), whichever program meets it. The folder holds an empty file
 * for each thing of the day; where it cannot be written everything is new.
 */
export async function isNewToday(folder: string, key: string, now: Date): Promise<boolean> {
  const today = now.toISOString().slice(0, 10);
  const file = join(folder, today, createHash("sha256").update(key).digest("hex"));
  try {
    const isNewDay = (await mkdir(join(folder, today), { recursive: true })) !== undefined;
    if (isNewDay) await removeOthers(folder, today);
    await writeFile(file, "", { flag: "wx" });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "EEXIST";
  }
}

async function removeOthers(folder: string, today: string): Promise<void> {
  const others = (await readdir(folder)).filter((name) => name !== today);
  await Promise.all(others.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}
