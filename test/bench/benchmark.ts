/**
 * What is measured and what it may cost. Each file in measurements/ exports one `benchmark`; the runner finds it there,
 * so a new measurement is a new file and nothing else.
 */
export interface Benchmark {
  /** What it is about, for progress and `--only`. */
  readonly subject: string;
  /** Programs with the Debian packages that bring them. Where one is missing it is left out, and the report says so. */
  readonly needs?: Readonly<Record<string, string>>;
  /** Measures both sides in the same minute, and closes whatever it started. */
  measure(): Promise<readonly Finding[]>;
}

export interface Finding {
  /** Stable: reports of different days are compared by it. */
  readonly name: string;
  /** A ratio where there is a baseline, since machines differ and days do; a count or a time otherwise. */
  readonly value: number;
  readonly unit: string;
  /** Null for what is measured to be known and promised to nobody. */
  readonly budget: Budget | null;
  readonly baseline?: Baseline;
}

export type Budget = { readonly atMost: number } | { readonly atLeast: number };

/** Both sides of a ratio, as measured. */
export interface Baseline {
  readonly name: string;
  readonly value: number;
  readonly ours: number;
  readonly unit: string;
}

/** One line of the report, as in the file of `--json`. */
export interface Entry extends Omit<Finding, "baseline"> {
  readonly ok: boolean;
  readonly baseline: Baseline | null;
}

export function judge({ name, value, unit, budget, baseline }: Finding): Entry {
  const ok = budget === null || keeps(value, budget);
  return { name, value, unit, budget, ok, baseline: baseline ?? null };
}

function keeps(value: number, budget: Budget): boolean {
  return "atMost" in budget ? value <= budget.atMost : value >= budget.atLeast;
}

/** A finding from two sides measured in turn. */
export function ratio(name: string, budget: Finding["budget"], baseline: Baseline): Finding {
  return { name, value: baseline.ours / baseline.value, unit: `× ${baseline.name}`, budget, baseline };
}
