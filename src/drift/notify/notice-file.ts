import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import type { Sleep } from "../../platform/clock";
import { AppError, isAppError, messageOf } from "../../platform/errors";
import { lockFile } from "../../platform/file-lock";
import { readPrivateFile, writePrivateFile } from "../../platform/private-file";
import { retry } from "../../platform/retry";
import type { TargetNotices, ToldNotices } from "./told-notices";

/** Another run tells what it has to tell within its own time limit. */
const policy = { attempts: 120, firstDelayMs: 100, maxDelayMs: 1_000 };

export interface NoticeFileOptions {
  /** Where drift-check keeps what it knows from run to run. */
  readonly folder: string;
  readonly sleep: Sleep;
}

/** What is told and not resolved, in a file that one run at a time has. */
export class NoticeFile {
  private readonly file: string;

  constructor(private readonly options: NoticeFileOptions) {
    this.file = join(options.folder, "notices.json");
  }

  /** Errors: `locked` by a run that does not end, `store_unreadable`, `store_unwritable`, `missing_part`. */
  async locked<T>(work: () => Promise<T>): Promise<T> {
    const { folder, sleep } = this.options;
    const path = join(folder, "notices.lock");
    const lock = await this.openLock(path);
    try {
      await retry(() => lockFile(lock.fd, path), {
        policy,
        sleep,
        isRetryable: (error) => isAppError(error, "locked"),
      });
      return await work();
    } finally {
      await lock.close();
    }
  }

  /** Of a target that is not known, or of a file that is no account, nothing: then it is told again. */
  async read(target: string): Promise<TargetNotices> {
    return (await this.all())[target] ?? {};
  }

  async write(target: string, told: TargetNotices): Promise<void> {
    const all: ToldNotices = { ...(await this.all()), [target]: told };
    await writePrivateFile(this.file, `${JSON.stringify({ version: 1, targets: all })}\n`);
  }

  private async all(): Promise<ToldNotices> {
    const text = await readPrivateFile(this.file);
    try {
      const { version, targets } = JSON.parse(text ?? "{}") as { version?: number; targets?: ToldNotices };
      return version === 1 && typeof targets === "object" ? targets : {};
    } catch {
      return {};
    }
  }

  private async openLock(path: string) {
    try {
      await mkdir(this.options.folder, { recursive: true, mode: 0o700 });
      return await open(path, "a", 0o600);
    } catch (error) {
      throw new AppError("store_unwritable", `cannot write ${path}: ${messageOf(error)}`, {
        hint: "check that the folder is yours and not full; UNEXPIRED_STATE_DIR names another one",
        cause: error,
      });
    }
  }
}
