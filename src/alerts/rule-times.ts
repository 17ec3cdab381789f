export const minute = 60;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Shorter than a second, nothing is scraped. */
const shortest = 1;

/** Spans of time in rules. A drill has no hour to wait: it divides all of them by one number. */
export class RuleTimes {
  /** `scale`: what spans are divided by. @default 1 */
  constructor(private readonly scale = 1) {}

  /** As PromQL and rule files write it: `1h`, `90s`; at least a second. */
  range(seconds: number): string {
    const span = Math.max(shortest, Math.round(seconds / this.scale));
    const [unit, length] = (
      [
        ["d", day],
        ["h", hour],
        ["m", minute],
      ] as const
    ).find(([, each]) => span % each === 0) ?? ["s", 1];
    return `${span / length}${unit}`;
  }

  /** To compare an age or a time that is left with. */
  seconds(seconds: number): number {
    return seconds / this.scale;
  }
}
