/** What each client was shown and what it wrote, set by set: what its next merged write is built on. */
import type { Values } from "./judge-write";
import { placeOf, plainValue } from "./model";

/** One answer to a read of the set, alone or in a list, or what a connection wrote after it. Without values: absent. */
interface Answer {
  readonly connection: string;
  readonly texts: readonly string[];
  readonly values: Values;
  /** An answer is the base of one write. */
  state: "free" | "spent" | "own words";
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

/** A write, and what is known about where it comes from. */
export interface Built {
  readonly connection: string;
  /** What the connection takes the set for afterwards. Undefined is a deletion. */
  readonly wanted: Values | undefined;
  /** Undefined if nothing tells what a deletion is about. */
  readonly base: Values | undefined;
  readonly answer: Answer | undefined;
}

export class Shown {
  private readonly kept = new Map<string, Remembered>();

  show(place: Place, connection: string, texts: readonly string[]): void {
    const values = new Set(texts.map((text) => plainValue(place.type, text) ?? text));
    this.of(place).answers.push({ connection, texts, values, state: "free" });
  }

  /** Notes what a write did. */
  write(place: Place, before: Values, after: Values, { connection, wanted, answer }: Built): void {
    const remembered = this.of(place);
    const isGone = (value: string) => before.has(value) && !after.has(value);
    for (const value of after) if (!before.has(value)) remembered.wrote.add(value);
    for (const value of before) if (isGone(value)) remembered.wrote.delete(value);
    remembered.answers = remembered.answers
      .filter((each) => each.state !== "own words" || each.connection !== answer?.connection)
      .map((each) => (each === answer ? { ...each, state: "spent" as const } : each))
      .map((each) => {
        if (each.state !== "spent") return each;
        const texts = each.texts.filter((text) => !isGone(plainValue(place.type, text) ?? text));
        return { ...each, texts, values: new Set([...each.values].filter((value) => !isGone(value))) };
      });
    if (answer?.connection === connection)
      remembered.answers.push({ connection, texts: [], values: wanted ?? new Set(), state: "own words" });
  }

  /** Texts of the set that the client may have read. */
  texts(place: Place): string[] {
    return this.of(place).answers.flatMap(({ texts }) => texts);
  }

  /**
   * What a PUT is the difference to: the likeliest answer; without any, what the client wrote itself, and of what it
   * sends all that it was ever shown. After a POST its connection takes the set for that answer and what it sent.
   */
  baseOfWrite(place: Place, connection: string, sent: Values, standing: Values, isPost: boolean): Built {
    const answer = this.likeliest(place, connection, sent, standing);
    const shown = new Set(this.texts(place).map((text) => plainValue(place.type, text) ?? text));
    const known = new Set([...this.of(place).wrote, ...[...sent].filter((value) => shown.has(value))]);
    const wanted = isPost ? new Set([...(answer?.values ?? []), ...sent]) : sent;
    return { connection, wanted, answer, base: answer?.values ?? known };
  }

  /**
   * What a DELETE may take away: what its connection was last shown; else, of the likeliest answer to this client, what
   * it wrote; else all it wrote; else that answer. An answer that there is no such set does not count.
   */
  baseOfDelete(place: Place, connection: string, standing: Values): Built {
    const { wrote } = this.of(place);
    const answer = this.likeliest(place, connection, undefined, standing);
    const written = [...wrote].filter((value) => standing.has(value));
    const writtenAndShown = written.filter((value) => answer?.values.has(value) === true);
    const onItsOwn = writtenAndShown.length > 0 ? new Set(writtenAndShown) : new Set(wrote);
    const isShown = answer?.connection === connection || written.length === 0;
    return { connection, wanted: undefined, answer, base: isShown ? answer?.values : onItsOwn };
  }

  /**
   * An answer that explains the write is one by which something comes or goes, nothing goes that the client did not
   * write, and nothing comes that another answer shows; of a deletion on the answer's own connection any by which
   * something goes. Best is one that explains the write, then that of the connection, then one with the least of what
   * should not come or go, then with the smallest change, then the one most like the write. Of those that come to the
   * same as the best the one most like the write is taken.
   */
  private likeliest(place: Place, connection: string, wanted: Values | undefined, standing: Values) {
    const { answers, wrote } = this.of(place);
    const possible = wanted === undefined ? answers.filter(({ values }) => values.size > 0) : answers;
    const latest = possible.findLast((answer) => answer.connection === connection);
    const eligible = possible.filter(
      (each) => each.state === "free" || (each === latest && each.state === "own words"),
    );
    const judged = eligible.map((answer, age) => {
      const every = [...new Set([...answer.values, ...(wanted ?? [])])];
      const different = every.filter((value) => answer.values.has(value) !== (wanted?.has(value) ?? false));
      const moving = different.filter((value) => standing.has(value) === answer.values.has(value));
      const wrong = moving.filter((value) =>
        answer.values.has(value) ? !wrote.has(value) : eligible.some(({ values }) => values.has(value)),
      );
      const isLatest = answer === latest;
      const explains = moving.length > 0 && (wrong.length === 0 || (isLatest && wanted === undefined));
      const rank = [explains ? 0 : 1, isLatest ? 0 : 1, wrong.length, moving.length, different.length, age];
      return { answer, rank, moving: [...moving].sort().join(" "), different: different.length };
    });
    const ranked = judged.sort((left, right) => (isBefore(left.rank, right.rank) ? -1 : 1));
    const same = ranked.filter(({ moving }) => moving === ranked[0]?.moving);
    const least = Math.min(...same.map(({ different }) => different));
    return same.find(({ different }) => different === least)?.answer;
  }

  private of({ client, zone, name, type }: Place): Remembered {
    const key = `${client} ${zone} ${placeOf(name, type)}`;
    const remembered = this.kept.get(key) ?? { answers: [], wrote: new Set() };
    this.kept.set(key, remembered);
    return remembered;
  }
}

function isBefore(left: readonly number[], right: readonly number[]): boolean {
  const at = left.findIndex((value, index) => value !== right[index]);
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0);
}
