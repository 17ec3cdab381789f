/**
 * What a create was about to write, for the one that comes after a kill: without it that one would find its own values in
 * the set, take them for somebody else's, and leave them there for ever. Files in the state folder, one per value; they
 * hold no secret.
 */
import { createHash } from "node:crypto";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../../platform/clock";
import { writePrivateFile } from "../../../platform/private-file";

/** A claim that is older was given up: whatever is in the set now may be somebody else's. */
const claimLifeMs = 24 * 3600_000;

export interface ClaimedSet {
  readonly zone: string;
  readonly name: string;
  readonly type: string;
}

export class ValueClaims {
  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
  ) {}

  /** For values that are not in the set yet, before they are written. On disk when it returns. */
  async claim(set: ClaimedSet, values: readonly string[]): Promise<void> {
    await Promise.all(
      values.map((value) => writePrivateFile(this.path(set, value), JSON.stringify({ ...set, value }) + "\n")),
    );
  }

  /** Those of these values that an earlier run of this machine was about to write. */
  async claimed(set: ClaimedSet, values: readonly string[]): Promise<string[]> {
    const found = await Promise.all(values.map(async (value) => ((await this.isClaimed(set, value)) ? [value] : [])));
    return found.flat();
  }

  /** To be called once the state says whose the values are. */
  async settle(set: ClaimedSet, values: readonly string[]): Promise<void> {
    await Promise.all(values.map((value) => rm(this.path(set, value), { force: true })));
  }

  private async isClaimed(set: ClaimedSet, value: string): Promise<boolean> {
    const claim = await stat(this.path(set, value)).catch(() => undefined);
    return claim !== undefined && this.clock.now().getTime() - claim.mtimeMs < claimLifeMs;
  }

  private path({ zone, name, type }: ClaimedSet, value: string): string {
    const key = JSON.stringify([zone, name, type, value]);
    return join(this.folder, `${createHash("sha256").update(key).digest("hex").slice(0, 40)}.json`);
  }
}
