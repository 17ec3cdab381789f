/** What each client was shown and what it wrote, set by set: what its next merged write is built on. */
import type { Values } from "./judge-write";
import { placeOf, plainValue } from "./model";

/** One answer to a read of the set, alone or in a list; it counts for one write. Without texts the set was absent. */
interface Answer {
  readonly connection: string;
  readonly texts: readonly string[];
  readonly values: Values;
}

interface Remembered {
  /** Oldest first. */
  answers: Answer[];
  readonly wrote: Set<string>;
}

export interface Place {
  readonly client: string;
  readonly zone: string;
  readonly name: string;
  readonly type: string;
}

export class Shown {
  private readonly kept = new Map<string, Remembered>();

  show(place: Place, connection: string, texts: readonly string[]): void {
    const values = new Set(texts.map((text) => plainValue(place.type, text) ?? text));
    this.of(place).answers.push({ connection, texts, values });
  }

  /** Notes what a write of the client did. */
  write(place: Place, before: Values, after: Values): void {
    const { wrote } = this.of(place);
    for (const value of after) if (!before.has(value)) wrote.add(value);
    for (const value of before) if (!after.has(value)) wrote.delete(value);
  }

  /** Texts of the set that the client may have read. */
  texts(place: Place): string[] {
    return this.of(place).answers.flatMap(({ texts }) => texts);
  }

  /**
   * What a PUT is the difference to: what its connection was last shown; else, of the answers to this client, one that
   * lacks nothing which the request can only have from another; by which least comes or goes, but something; that is
   * least unlike the request; the oldest; else what the client wrote itself.
   */
  baseOfPut(place: Place, connection: string, wanted: Values, standing: Values): { base: Values; use: () => void } {
    const { answers, wrote } = this.of(place);
    const rank = ({ values }: Answer) => {
      const different = [...new Set([...values, ...wanted])].filter((value) => values.has(value) !== wanted.has(value));
      const effective = different.filter((value) => standing.has(value) !== wanted.has(value));
      const fromElsewhere = different.filter((value) => wanted.has(value) && answers.some((a) => a.values.has(value)));
      return fromElsewhere.length * 1e9 + (effective.length || 1_000) * 1e4 + different.length;
    };
    const least = Math.min(...answers.map(rank));
    const answer =
      answers.findLast((each) => each.connection === connection) ?? answers.find((each) => rank(each) === least);
    return { base: answer?.values ?? new Set(wrote), use: () => this.use(place, answer) };
  }

  /**
   * What a DELETE may take away: what its connection was last shown; else, of the smallest answer to this client, what
   * it wrote; else all it wrote; else that answer. An answer that there is no such set does not count.
   */
  baseOfDelete(place: Place, connection: string, standing: Values): { base: Values | undefined; use: () => void } {
    const { answers, wrote } = this.of(place);
    const filled = answers.filter(({ values }) => values.size > 0);
    const own = filled.findLast((each) => each.connection === connection);
    const alive = filled.filter(({ values }) => [...values].some((value) => standing.has(value)));
    const among = alive.length > 0 ? alive : filled;
    const least = among.find(({ values }) => among.every((other) => values.size <= other.values.size));
    const written = [...wrote].filter((value) => standing.has(value));
    const writtenAndShown = written.filter((value) => least?.values.has(value) === true);
    const onItsOwn = writtenAndShown.length > 0 ? new Set(writtenAndShown) : new Set(wrote);
    const base = own?.values ?? (written.length > 0 ? onItsOwn : least?.values);
    return { base, use: () => this.use(place, own ?? least) };
  }

  /** What a connection was shown before the answer that a write used up does not count any more either. */
  private use(place: Place, answer: Answer | undefined): void {
    const remembered = this.of(place);
    remembered.answers = remembered.answers.filter((each) => each.connection !== answer?.connection);
  }

  private of({ client, zone, name, type }: Place): Remembered {
    const key = `${client} ${zone} ${placeOf(name, type)}`;
    const remembered = this.kept.get(key) ?? { answers: [], wrote: new Set() };
    this.kept.set(key, remembered);
    return remembered;
  }
}
