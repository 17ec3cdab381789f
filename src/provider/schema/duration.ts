import { AppError } from "../../platform/errors";

const unitMs = { h: 3_600_000, m: 60_000, s: 1000 } as const;
const form = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** `30s`, `10m`, `1h30m` in milliseconds, as Terraform users write durations. */
export function parseDuration(text: string): number {
  const match = form.exec(text);
  const [hours = 0, minutes = 0, seconds = 0] = (match?.slice(1) ?? []).map((digits) => Number(digits ?? 0));
  const ms = hours * unitMs.h + minutes * unitMs.m + seconds * unitMs.s;
  // a timer of node takes 31 bits
  if (match === null || ms === 0 || ms > 0x7fffffff)
    throw new AppError("invalid_argument", `${JSON.stringify(text)} is not a duration`, {
      hint: "write it as 30s, 10m or 1h30m; the longest is 596h",
    });
  return ms;
}
