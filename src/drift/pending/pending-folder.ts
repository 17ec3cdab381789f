/**
 * The plan of one stack that waits for somebody's word: `pending/` in the stack's folder of ours, apart from reports, since
 * a plan file holds secrets. Only who has the stack's lock may change it. `pending.json` is written last: without it there
 * is no pending plan.
 */
import { chmod, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError, messageOf } from "../../platform/errors";
import { readPrivateFile, writePrivateFile } from "../../platform/private-file";
import type { PendingPlan } from "./pending-plan";

export class PendingFolder {
  readonly folder: string;
  /** What terraform wrote; mode 0600. */
  readonly planFile: string;
  private readonly document: string;

  constructor(stackFolderOfOurs: string) {
    this.folder = join(stackFolderOfOurs, "pending");
    this.planFile = join(this.folder, "plan");
    this.document = join(this.folder, "pending.json");
  }

  /** Undefined if there is none, or none that this version can read: then the stack is planned anew. Errors: `store_unreadable`. */
  async read(): Promise<PendingPlan | undefined> {
    const text = await readPrivateFile(this.document);
    try {
      const pending = JSON.parse(text ?? "null") as PendingPlan | null;
      return pending?.version === 1 ? pending : undefined;
    } catch {
      return undefined;
    }
  }

  /** Takes the plan file there, in place of what was kept. Errors: `store_unwritable`. */
  async keep(planFile: string, pending: Omit<PendingPlan, "version" | "since" | "planFile">, now: Date): Promise<void> {
    const former = await this.read();
    const since = former?.checksum === pending.checksum ? former.since : now.toISOString();
    await this.drop();
    await this.changed(async () => {
      await mkdir(this.folder, { mode: 0o700 });
      await chmod(planFile, 0o600);
      await rename(planFile, this.planFile);
    });
    const document: PendingPlan = { version: 1, since, planFile: this.planFile, ...pending };
    await writePrivateFile(this.document, `${JSON.stringify(document, undefined, 2)}\n`);
  }

  /** Errors: `store_unwritable`. */
  async drop(): Promise<void> {
    await this.changed(() => rm(this.folder, { recursive: true, force: true }));
  }

  private async changed(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw new AppError("store_unwritable", `cannot change ${this.folder}: ${messageOf(error)}`, {
        hint: "check that the folder is yours and not full",
        cause: error,
      });
    }
  }
}
