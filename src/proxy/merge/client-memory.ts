/**
 * What one client knows of one record set: what it was shown, and what it wrote. All of it is pure, and every store of
 * these memories runs it (coordination/memory-store.ts), so that one replica and several mean the same.
 */
import { diffRecordSets } from "../../dns/record-set-algebra";
import type { RecordSet } from "../../dns/record-set";

/** One answer that the client was given and that no write has used up. */
export interface View {
  /** Undefined is an absent set. */
  readonly set?: RecordSet;
  /** Tells sockets apart, over all replicas. */
  readonly connection: string;
  /** Milliseconds since 1970 by the store's clock. */
  readonly at: number;
}

/** A JSON value. */
export interface ClientMemory {
  readonly views: readonly View[];
  /** Values the client has added through this proxy and not taken away since. */
  readonly written?: RecordSet;
}

/** A memory as it is after a question, and the answer to it. */
export interface Recollection<T> {
  readonly memory: ClientMemory;
  readonly result: T;
}

export interface MemoryLimits {
  /** How long an answer counts, in milliseconds. */
  readonly keepMs: number;
  /** Several processes may share a client's token, so several answers are kept. */
  readonly maxViews: number;
}

export const emptyMemory: ClientMemory = { views: [] };

/** Without what is too old to count. */
export function freshMemory(memory: ClientMemory, now: number, { keepMs }: MemoryLimits): ClientMemory {
  if (memory.views.every((view) => now - view.at <= keepMs)) return memory;
  return { ...memory, views: memory.views.filter((view) => now - view.at <= keepMs) };
}

export function withView(memory: ClientMemory, view: View, { maxViews }: MemoryLimits): ClientMemory {
  return { ...memory, views: [...memory.views, view].slice(-maxViews) };
}

/** Every text the client may have read of this set. */
export function shownTexts(memory: ClientMemory): string[] {
  return [...new Set(memory.views.flatMap((view) => view.set?.rdata ?? []))];
}

/** With what a write added and took away. */
export function withWrite(
  memory: ClientMemory,
  before: RecordSet | undefined,
  after: RecordSet | undefined,
): ClientMemory {
  const { added, removed } = diffRecordSets(before, after);
  const template = after ?? before;
  if (template === undefined) return memory;
  const kept = diffRecordSets(memory.written, { ...template, rdata: removed }).removed;
  return { ...memory, written: { ...template, rdata: [...kept, ...added] } };
}

/**
 * The state a PUT was built on, used up by this call. A client that keeps its connection reads and writes on the same
 * one. Otherwise it is one of the answers not used up: none that lacks a value of the request which another one shows,
 * since the request has it from there; then the one that makes it the smallest change to what stands (`current`), and
 * no change at all last, since nobody writes to change nothing; then the one least unlike the request; then the oldest.
 * A client that has read nothing knows only what it wrote itself: what others wrote then survives.
 */
export function takeBase(
  memory: ClientMemory,
  wanted: RecordSet,
  current: RecordSet | undefined,
  connection: string,
): Recollection<RecordSet | undefined> {
  const { views } = memory;
  const view = views.findLast((each) => each.connection === connection) ?? smallestChange(views, wanted, current);
  return { memory: withoutView(memory, view), result: view === undefined ? memory.written : view.set };
}

/**
 * The state a DELETE was built on, used up by this call: what this connection was last shown; on another one what the
 * client wrote itself of the answer with the fewest values, since another process of the same client may have written
 * more meanwhile; else all it wrote, if any of that stands (`current`); else that answer. Undefined if nothing tells
 * what the client takes the set for. Answers of which nothing stands any more count last, those that showed an absent
 * set not at all.
 */
export function takeShown(
  memory: ClientMemory,
  current: RecordSet | undefined,
  connection: string,
): Recollection<RecordSet | undefined> {
  const shown = memory.views.filter((each) => each.set !== undefined);
  const latest = shown.findLast((each) => each.connection === connection);
  const standingViews = shown.filter((each) => diffRecordSets(each.set, current).kept.length > 0);
  const view = latest ?? fewestValues(standingViews) ?? fewestValues(shown);
  const after = withoutView(memory, view);
  if (latest !== undefined) return { memory: after, result: latest.set };
  const { written } = memory;
  const standing = diffRecordSets(current, written).kept;
  if (written === undefined || standing.length === 0) return { memory: after, result: view?.set };
  const ownAndShown = diffRecordSets(view?.set, { ...written, rdata: standing }).kept;
  return { memory: after, result: ownAndShown.length === 0 ? written : { ...written, rdata: ownAndShown } };
}

function withoutView(memory: ClientMemory, view: View | undefined): ClientMemory {
  if (view === undefined) return memory;
  const views = memory.views.filter(
    (each) => each !== view && (each.connection !== view.connection || each.at > view.at),
  );
  return { ...memory, views };
}

function fewestValues(views: readonly View[]): View | undefined {
  const size = ({ set }: View) => set?.rdata.length ?? 0;
  return [...views].sort((left, right) => size(left) - size(right))[0];
}

function smallestChange(views: readonly View[], wanted: RecordSet, current: RecordSet | undefined): View | undefined {
  const shown = { ...wanted, rdata: views.flatMap(({ set }) => set?.rdata ?? []) };
  const ranked = views
    .map((view) => ({ view, ...sizesOf(view.set, wanted, current, shown) }))
    .sort(
      (left, right) =>
        left.fromElsewhere - right.fromElsewhere ||
        (left.change || Infinity) - (right.change || Infinity) ||
        left.difference - right.difference ||
        left.view.at - right.view.at,
    );
  return ranked[0]?.view;
}

/** How many values differ, how many of them would really come or go, and how many new ones other answers show. */
function sizesOf(
  seen: RecordSet | undefined,
  wanted: RecordSet,
  current: RecordSet | undefined,
  shown: RecordSet,
): { difference: number; change: number; fromElsewhere: number } {
  const { added, removed } = diffRecordSets(seen, wanted);
  const additions = { ...wanted, rdata: added };
  const coming = diffRecordSets(current, additions).added;
  const going = diffRecordSets(current, { ...wanted, rdata: removed }).kept;
  return {
    difference: added.length + removed.length,
    change: coming.length + going.length,
    fromElsewhere: diffRecordSets(additions, shown).kept.length,
  };
}
