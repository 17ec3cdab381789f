/**
 * What one client knows of one record set: what it was shown, and what it wrote. All of it is pure, and every store of
 * these memories runs it (coordination/memory-store.ts), so that one replica and several mean the same.
 */
import { addValues, diffRecordSets, removeValues } from "../../dns/record-set-algebra";
import type { RecordSet } from "../../dns/record-set";
import { likeliestView, type Asked } from "./likeliest-view";

/** What a client takes a set for. */
export interface View {
  /** Undefined is an absent set. */
  readonly set?: RecordSet;
  /** Tells sockets apart, over all replicas. */
  readonly connection: string;
  /** Milliseconds since 1970 by the store's clock. */
  readonly at: number;
  /**
   * `built-on`: a write was built on this answer, so that no other is, but its values are known to the client. `sent`: no
   * answer, but what this connection wrote after its last. @default an answer on which the next write may be built
   */
  readonly use?: "built-on" | "sent";
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
  /** Of all answers together. */
  readonly maxOctets: number;
}

/** Beside its texts. */
const octetsPerView = 100;

export const emptyMemory: ClientMemory = { views: [] };

/** Without what is too old to count. */
export function freshMemory(memory: ClientMemory, now: number, { keepMs }: MemoryLimits): ClientMemory {
  if (memory.views.every((view) => now - view.at <= keepMs)) return memory;
  return { ...memory, views: memory.views.filter((view) => now - view.at <= keepMs) };
}

/**
 * What is beyond the limits is forgotten: first what is used up, then what is oldest, never what has just come. Every
 * read comes by here, so nothing is counted anew.
 */
export function withView(memory: ClientMemory, view: View, { maxViews, maxOctets }: MemoryLimits): ClientMemory {
  const { written } = memory;
  const views = inOrder(memory.views, view);
  let octets = octetsOf(memory) + octetsOfView(view);
  const limit = maxOctets + octetsOfSet(written);
  while (views.length > 1 && (views.length > maxViews || octets > limit)) {
    const usedUp = views.findIndex(({ use }) => use === "built-on");
    for (const forgotten of views.splice(Math.max(0, usedUp), 1)) octets -= octetsOfView(forgotten);
  }
  const after = { views, written };
  countedOctets.set(after, octets);
  return after;
}

const countedOctets = new WeakMap<ClientMemory, number>();

/** About how much room it takes. */
export function octetsOf(memory: ClientMemory): number {
  const { views, written } = memory;
  const octets =
    countedOctets.get(memory) ?? views.reduce((sum, view) => sum + octetsOfView(view), octetsOfSet(written));
  countedOctets.set(memory, octets);
  return octets;
}

function octetsOfView({ set }: View): number {
  return octetsPerView + octetsOfSet(set);
}

function octetsOfSet(set: RecordSet | undefined): number {
  return (set?.rdata ?? []).reduce((sum, text) => sum + text.length, 0);
}

/** Every text the client may have read of this set. */
export function shownTexts(memory: ClientMemory): string[] {
  return [...new Set(memory.views.flatMap(({ set, use }) => (use === "sent" ? [] : (set?.rdata ?? []))))];
}

/** What a write was built on, and which answer it has from there. */
export interface Base {
  /** Undefined is an absent set, and for a deletion that nothing tells what the client takes the set for. */
  readonly set: RecordSet | undefined;
  readonly view?: Pick<View, "set" | "connection" | "at">;
}

/**
 * The state a PUT was built on. A client with no answer left knows only what it wrote itself: what others wrote then
 * survives, and what it was once shown it does not add, unless it took that away itself.
 */
export function baseOfPut(memory: ClientMemory, asked: Asked & { readonly wanted: RecordSet }): Base {
  const { views, written } = memory;
  const { wanted } = asked;
  const view = likeliestView(views, written, asked);
  if (view !== undefined) return { set: view.set, view };
  const carried = diffRecordSets(wanted, { ...wanted, rdata: shownTexts(memory) }).kept;
  return { set: carried.length === 0 ? written : addValues(written ?? { ...wanted, rdata: [] }, carried) };
}

/**
 * The state a DELETE was built on: what this connection was shown last; on another one what the client wrote itself of
 * the likeliest answer, since another process of the same client may have written more meanwhile; else all it wrote, if
 * any of that stands; else that answer.
 */
export function baseOfDelete({ views, written }: ClientMemory, asked: Asked & { readonly wanted: undefined }): Base {
  const view = likeliestView(views, written, asked);
  const standing = diffRecordSets(asked.current, written).kept;
  if (view?.connection === asked.connection || written === undefined || standing.length === 0)
    return { set: view?.set, view };
  const ownAndShown = diffRecordSets(view?.set, { ...written, rdata: standing }).kept;
  return { set: ownAndShown.length === 0 ? written : { ...written, rdata: ownAndShown }, view };
}

/** A write that was done, or need not be done. */
export interface DoneWrite {
  readonly before: RecordSet | undefined;
  readonly after: RecordSet | undefined;
  /** What it was built on, if that is known. */
  readonly built?: {
    readonly view?: Base["view"];
    /** What the client takes the set for from now on. */
    readonly wanted: RecordSet | undefined;
    readonly connection: string;
  };
}

/**
 * With what a write added and took away. The answer it was built on, and what its connection was shown before, counts
 * for no other write; a connection that goes on without reading builds on what it sent.
 */
export function withWrite(memory: ClientMemory, { before, after, built }: DoneWrite, now: number): ClientMemory {
  const { added, removed } = diffRecordSets(before, after);
  const template = after ?? before;
  const gone = (set: RecordSet | undefined) => set && removeValues(set, removed);
  const kept = gone(memory.written)?.rdata ?? [];
  const written = template === undefined ? memory.written : { ...template, rdata: [...kept, ...added] };
  const { view } = built ?? {};
  const isBuiltOn = (each: View) => each.connection === view?.connection && each.at === view.at;
  const views = memory.views
    .filter((each) => each.use !== "sent" || each.connection !== view?.connection)
    .map((each) => (isBuiltOn(each) ? { ...each, use: "built-on" as const } : each))
    .map((each) => (each.use === "built-on" ? { ...each, set: gone(each.set) } : each));
  if (built === undefined || view?.connection !== built.connection) return { views, written };
  return { views: inOrder(views, { set: built.wanted, connection: built.connection, at: now, use: "sent" }), written };
}

/** No two have the same time, so that connection and time tell one. */
function inOrder(views: readonly View[], next: View): View[] {
  const { set, connection, use } = next;
  return [...views, { set, connection, at: Math.max(next.at, (views.at(-1)?.at ?? 0) + 1), use }];
}
