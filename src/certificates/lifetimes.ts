/** How long certificates issued from a day on live. */
export interface LifetimeRule {
  /** YYYY-MM-DD, UTC. */
  readonly from: string;
  readonly days: number;
}

/** The most that a public CA may give (CA/B Baseline Requirements 6.3.2). */
export const baselineLifetimes: readonly LifetimeRule[] = [
  { from: "2020-09-01", days: 398 },
  { from: "2026-03-15", days: 200 },
  { from: "2027-03-15", days: 100 },
  { from: "2029-03-15", days: 47 },
];

/** Of rules in the order of time: the one that holds now, and those to come. */
export function lifetimesAhead(rules: readonly LifetimeRule[], now: Date): readonly LifetimeRule[] {
  const today = now.toISOString().slice(0, 10);
  return rules.filter((_, index) => {
    const next = rules[index + 1];
    return next === undefined || next.from > today;
  });
}
