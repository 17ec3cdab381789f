import { seededRandom } from "../../src/sandbox/seeded-random";

/** Reproducible choices. */
export class Dice {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }

  /** Some of them, at least `least`. */
  some<T>(from: readonly T[], least = 0): T[] {
    const chosen = from.filter(() => this.chance(0.5));
    return chosen.length >= least ? chosen : [...new Set([this.pick(from), ...chosen])];
  }
}
