import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../platform/clock";
import { AppError, messageOf } from "../../platform/errors";
import { PendingFolder } from "./pending-folder";
import type { PendingPlan } from "./pending-plan";

/** So long a plan file is kept, and no longer: it holds secrets, and what it would do is older every hour. */
export const keptMs = 24 * 3600_000;

/** The plans that wait for somebody's word, of all stacks of this machine. */
export class PendingPlans {
  private readonly folder: string;

  constructor(
    stateFolder: string,
    private readonly clock: Clock,
  ) {
    this.folder = join(stateFolder, "drift");
  }

  /** Those that wait longest first. Errors: `store_unreadable`. */
  async list(): Promise<PendingPlan[]> {
    const all: PendingPlan[] = [];
    for (const place of await this.places()) {
      const pending = await place.read();
      if (pending !== undefined && this.isYoung(new Date(pending.plannedAt))) all.push(pending);
    }
    return all.sort((left, right) => (left.since < right.since ? -1 : 1));
  }

  /** Deletes those whose time is over, and plan files that a killed run left behind. Errors: `store_unreadable`, `store_unwritable`. */
  async dropOld(): Promise<void> {
    for (const place of await this.places()) {
      const written = await stat(place.planFile).catch(() => stat(place.folder).catch(() => undefined));
      if (written !== undefined && !this.isYoung(written.mtime)) await place.drop();
    }
  }

  private isYoung(date: Date): boolean {
    return this.clock.now().getTime() - date.getTime() <= keptMs;
  }

  private async places(): Promise<PendingFolder[]> {
    try {
      const entries = await readdir(this.folder, { withFileTypes: true });
      const folders = entries.filter((entry) => entry.isDirectory());
      return folders.map(({ name }) => new PendingFolder(join(this.folder, name)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw new AppError("store_unreadable", `cannot read ${this.folder}: ${messageOf(error)}`, { cause: error });
    }
  }
}
