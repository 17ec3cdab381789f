import { access, constants, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "../../platform/clock";
import { AppError } from "../../platform/errors";
import type { AuditObserver } from "../audit";
import type { ReadinessCheck } from "./readiness";

/** Less room than this, in octets, is none: entries of a busy minute. */
const leastRoom = 1024 * 1024;

/**
 * Whether the audit trail can be written: its file is there, may be written and has room, and no entry failed lately.
 * What failed is forgotten after `keepMs`, since without requests nothing would show that it works again.
 */
export class AuditCheck implements ReadinessCheck, AuditObserver {
  readonly hint = "the audit trail cannot be written";
  private failure?: { readonly error: unknown; readonly at: number };

  constructor(
    private readonly file: string,
    private readonly clock: Clock,
    private readonly keepMs = 30_000,
  ) {}

  readonly onRecord = (): void => {
    this.failure = undefined;
  };

  readonly failed = (error: unknown): void => {
    this.failure = { error, at: this.clock.now().getTime() };
  };

  async ask(): Promise<void> {
    if (this.failure !== undefined && this.clock.now().getTime() - this.failure.at < this.keepMs)
      throw this.failure.error;
    try {
      await access(this.file, constants.W_OK);
    } catch (error) {
      throw new AppError("store_unwritable", `the audit file ${this.file} is gone or may not be written`, {
        cause: error,
      });
    }
    const { bavail, bsize } = await statfs(dirname(this.file));
    if (bavail * bsize < leastRoom)
      throw new AppError("store_unwritable", `no room is left for the audit file ${this.file}`);
  }
}
