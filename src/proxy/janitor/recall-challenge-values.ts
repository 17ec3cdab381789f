import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { AuditEntry } from "../audit";
import type { ChallengeValues } from "./challenge-values";

export interface RecallOptions {
  /** Entries before it are of no interest. */
  readonly since: Date;
  /** Octets read from the end of the file. @default 256 MiB */
  readonly maxOctets?: number;
}

/**
 * Notes what the trail's file tells of challenge values. Returns whether all entries since then were seen; earlier files,
 * and what is beyond `maxOctets`, are not looked into. A line that cannot be read is none. Errors: those of the file.
 */
export async function recallChallengeValues(
  file: string,
  values: ChallengeValues,
  { since, maxOctets = 256 * 1024 * 1024 }: RecallOptions,
): Promise<boolean> {
  const { size } = await stat(file);
  if (size === 0) return true;
  const start = Math.max(0, size - maxOctets);
  const stream = createReadStream(file, { start, end: size - 1 });
  let isComplete = start === 0;
  // the first line may be the end of one
  let isWhole = start === 0;
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    const at = isWhole ? timeOf(line) : undefined;
    isWhole = true;
    if (at === undefined) continue;
    if (at < since) isComplete = true;
    else if (line.includes('"_acme-challenge.') && line.includes('"after":')) note(values, line, at);
  }
  return isComplete;
}

/** Without parsing the line: most are of no interest. */
function timeOf(line: string): Date | undefined {
  const time = /"time":"([^"]+)"/.exec(line.slice(0, 200))?.[1];
  const at = new Date(time ?? NaN);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

function note(values: ChallengeValues, line: string, at: Date): void {
  try {
    values.note(JSON.parse(line) as AuditEntry, at);
  } catch {
    // torn, or of another hand: whoever verifies the trail is told
  }
}
