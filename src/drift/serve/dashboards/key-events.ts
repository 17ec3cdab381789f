import { Readable } from "node:stream";
import { KeyAccessFold } from "../../../service-levels/key-access/fold-key-accesses";
import type { KeyAccessRules } from "../../../service-levels/key-access/judge-key-access";
import { readCloudTrail } from "../../../service-levels/key-access/read-cloud-trail";

/** CloudTrail delivers every five minutes or so (AWS CloudTrail, "How CloudTrail works"). */
const pauseMs = 5 * 60_000;

/** Accesses to keys and secrets in CloudTrail's files, with those that come to their folders. */
export class KeyEvents {
  readonly fold: KeyAccessFold;
  private readMs = -Infinity;

  constructor(
    private readonly paths: readonly string[],
    rules: KeyAccessRules,
  ) {
    this.fold = new KeyAccessFold(rules);
  }

  /** Errors: `missing_file`, `invalid_argument`; what could be read counts. */
  async refresh(now: Date): Promise<void> {
    if (now.getTime() - this.readMs < pauseMs) return;
    this.readMs = now.getTime();
    for (const path of this.paths)
      for await (const event of readCloudTrail(path, Readable.from([]))) this.fold.add(event);
  }
}
