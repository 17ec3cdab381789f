/** Rounds taken in turn, A B A B …: what else the machine does in the meantime hits both sides alike. */

export type Side = () => Promise<number>;

export interface RoundsOptions {
  readonly rounds: number;
  /** Rounds before those, not counted. @default 1 */
  readonly warmUp?: number;
}

/** The median of each side. */
export async function mediansInTurn<Name extends string>(
  sides: Readonly<Record<Name, Side>>,
  { rounds, warmUp = 1 }: RoundsOptions,
): Promise<Record<Name, number>> {
  const entries = Object.entries(sides) as [Name, Side][];
  const samples = new Map<Name, number[]>(entries.map(([name]) => [name, []]));
  for (let round = -warmUp; round < rounds; round++)
    for (const [name, side] of entries) {
      const sample = await side();
      if (round >= 0) samples.get(name)?.push(sample);
    }
  return Object.fromEntries([...samples].map(([name, values]) => [name, median(values)])) as Record<Name, number>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError("the median of nothing");
  return (lower + upper) / 2;
}

/** Milliseconds that an operation takes. */
export async function timed(operation: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await operation();
  return performance.now() - begin;
}
