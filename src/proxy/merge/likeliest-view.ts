/**
 * Which answer a write was built on. A process that keeps its connection tells by it; one that takes a new connection
 * for each request, or has several, tells by what it writes. Pure.
 */
import { canonicalRdata } from "../../dns/canonical-rdata";
import type { RecordSet } from "../../dns/record-set";
import type { View } from "./client-memory";

export interface Asked {
  /** Undefined is a deletion. */
  readonly wanted: RecordSet | undefined;
  /** What stands. */
  readonly current: RecordSet | undefined;
  readonly connection: string;
}

/** What a write would come to if it was built on this answer. */
interface Reading {
  readonly view: View;
  /** Whether this is the last that its connection knows. */
  readonly isOwn: boolean;
  /** Values that would go and that the client did not write, or come although they were read in another answer. */
  readonly harm: number;
  /** Values that would come or go, as one text. */
  readonly effect: string;
  /** Their number. */
  readonly change: number;
  /** Values in which answer and request differ. */
  readonly difference: number;
}

/**
 * The first of these, and among equals the answer that makes the smallest change, then the one least unlike the request,
 * then the oldest:
 *
 * 1. an answer by which something changes, nothing goes that the client did not write, and nothing comes that the
 *    request has from another answer; the last one of the connection before others;
 * 2. the last one of the connection;
 * 3. the one by which least comes or goes that should not.
 *
 * A deletion can only mean what was there: it takes the last answer of its connection if any of that stands.
 */
export function likeliestView(
  views: readonly View[],
  written: RecordSet | undefined,
  { wanted, current, connection }: Asked,
): View | undefined {
  const meaningful = wanted === undefined ? views.filter(({ set }) => set !== undefined) : views;
  const last = meaningful.findLast((view) => view.connection === connection);
  const candidates = meaningful.filter(
    ({ use }, at) => use === undefined || (use === "sent" && meaningful[at] === last),
  );
  const valuesOf = valueReader();
  const meant = valuesOf(wanted);
  const standing = valuesOf(current);
  const own = valuesOf(written);
  const answers = candidates.map((view) => ({ view, values: valuesOf(view.set) }));
  const shown = new Set(answers.flatMap(({ values }) => [...values]));
  const readings = answers.map(({ view, values }): Reading => {
    const added = [...meant].filter((value) => !values.has(value));
    const removed = [...values].filter((value) => !meant.has(value));
    const coming = added.filter((value) => !standing.has(value));
    const going = removed.filter((value) => standing.has(value));
    return {
      view,
      isOwn: view === last,
      harm: coming.filter((value) => shown.has(value)).length + going.filter((value) => !own.has(value)).length,
      effect: [...coming, ...going].sort().join(" "),
      change: coming.length + going.length,
      difference: added.length + removed.length,
    };
  });
  const isSound = ({ harm, change, isOwn }: Reading) => change > 0 && (harm === 0 || (isOwn && wanted === undefined));
  const ranked = readings.sort(
    (left, right) =>
      Number(isSound(right)) - Number(isSound(left)) ||
      Number(right.isOwn) - Number(left.isOwn) ||
      left.harm - right.harm ||
      left.change - right.change ||
      left.difference - right.difference ||
      left.view.at - right.view.at,
  );
  // of those to the same end this is the one it was built on: another write needs the others
  const alike = ranked.filter(({ effect }) => effect === ranked[0]?.effect);
  return alike.sort((left, right) => left.difference - right.difference)[0]?.view;
}

type Values = ReadonlySet<string>;

/** Answers repeat each other's values, so each text is read once. */
function valueReader(): (set: RecordSet | undefined) => Values {
  const known = new Map<string, string>();
  return (set) => {
    const values = new Set<string>();
    for (const text of set?.rdata ?? []) {
      const value = known.get(text) ?? canonicalRdata(set?.type ?? "", text);
      known.set(text, value);
      values.add(value);
    }
    return values;
  };
}
