import { diffRecordSets } from "../../dns/record-set-algebra";
import type { RecordSet } from "../../dns/record-set";
import { systemClock, type Clock } from "../../platform/clock";

/** One record set as one client knows it. */
export interface SetOfClient {
  readonly client: string;
  readonly zone: string;
  readonly name: string;
  readonly type: string;
}

interface View {
  readonly set: RecordSet | undefined;
  readonly connection: number;
  readonly at: number;
}

interface Memory {
  views: View[];
  /** Values the client has added through this proxy and not taken away since. */
  written: RecordSet | undefined;
  at: number;
}

/**
 * What each client last saw of a record set, so that a PUT can be read as "what I saw, changed". Several processes may
 * share a client's token, so several answers are kept until a write uses them up.
 */
export class SeenRecordSets {
  private readonly memories = new Map<string, Memory>();

  constructor(
    private readonly clock: Clock = systemClock,
    /** How long an answer counts, in milliseconds. */
    private readonly keepMs = 15 * 60_000,
    private readonly maxSets = 10_000,
    private readonly maxViews = 64,
    /** How long it is known what a client wrote, in milliseconds: a validation may be cleaned up hours later. */
    private readonly keepWrittenMs = 24 * 60 * 60_000,
  ) {}

  /** Notes what a read was answered. Undefined is an absent set. `connection` tells the client's sockets apart. */
  saw(key: SetOfClient, set: RecordSet | undefined, connection: number): void {
    const memory = this.memoryOf(key);
    memory.views = [...memory.views, { set, connection, at: this.clock.now().getTime() }].slice(-this.maxViews);
  }

  /** Every text the client may have read of this set, so that it is recognised when it comes back. */
  shown(key: SetOfClient): string[] {
    return [...new Set(this.memoryOf(key).views.flatMap((view) => view.set?.rdata ?? []))];
  }

  /** Notes what a write added and took away. */
  wrote(key: SetOfClient, before: RecordSet | undefined, after: RecordSet | undefined): void {
    const memory = this.memoryOf(key);
    const { added, removed } = diffRecordSets(before, after);
    const template = after ?? before;
    if (template === undefined) return;
    const kept = diffRecordSets(memory.written, { ...template, rdata: removed }).removed;
    memory.written = { ...template, rdata: [...kept, ...added] };
  }

  /**
   * The state a PUT was built on, used up by this call. A client that keeps its connection reads and writes on the same
   * one. Otherwise, of the answers not used up, it is the one that makes the request the smallest change, the oldest of
   * equals; one that makes it no change at all comes last, since nobody writes to change nothing. A client that has
   * read nothing knows only what it wrote itself: what others wrote then survives.
   */
  takeBase(key: SetOfClient, wanted: RecordSet, connection: number): RecordSet | undefined {
    const memory = this.memoryOf(key);
    const view =
      memory.views.findLast((each) => each.connection === connection) ?? smallestChange(memory.views, wanted);
    this.useUp(memory, view);
    return view === undefined ? memory.written : view.set;
  }

  /**
   * The state a DELETE was built on, used up by this call: what this connection was last shown; on another one what the
   * client wrote itself, if any of that stands (`current`); else the answer with the fewest values. Undefined if nothing
   * tells what the client takes the set for. Answers that showed an absent set do not count.
   */
  takeShown(key: SetOfClient, current: RecordSet | undefined, connection: number): RecordSet | undefined {
    const memory = this.memoryOf(key);
    const shown = memory.views.filter((each) => each.set !== undefined);
    const latest = shown.findLast((each) => each.connection === connection);
    const view = latest ?? fewestValues(shown);
    this.useUp(memory, view);
    if (latest !== undefined) return latest.set;
    return diffRecordSets(memory.written, current).kept.length > 0 ? memory.written : view?.set;
  }

  private useUp(memory: Memory, view: View | undefined): void {
    if (view === undefined) return;
    memory.views = memory.views.filter(
      (each) => each !== view && (each.connection !== view.connection || each.at > view.at),
    );
  }

  /** Forgets what is old, and the sets used longest ago where there are too many: a map keeps the order of insertion. */
  private memoryOf({ client, zone, name, type }: SetOfClient): Memory {
    const key = `${client} ${zone} ${name} ${type}`;
    const now = this.clock.now().getTime();
    for (const [other, { at }] of this.memories) {
      if (now - at <= this.keepWrittenMs && this.memories.size <= this.maxSets) break;
      this.memories.delete(other);
    }
    const found = this.memories.get(key) ?? { views: [], written: undefined, at: now };
    found.at = now;
    found.views = found.views.filter((view) => now - view.at <= this.keepMs);
    this.memories.delete(key);
    this.memories.set(key, found);
    return found;
  }
}

function fewestValues(views: readonly View[]): View | undefined {
  const size = ({ set }: View) => set?.rdata.length ?? 0;
  return [...views].sort((left, right) => size(left) - size(right))[0];
}

function smallestChange(views: readonly View[], wanted: RecordSet): View | undefined {
  const ranked = views
    .map((view) => ({ view, size: sizeOf(view.set, wanted) }))
    .sort((left, right) => (left.size || Infinity) - (right.size || Infinity) || left.view.at - right.view.at);
  return ranked[0]?.view;
}

function sizeOf(seen: RecordSet | undefined, wanted: RecordSet): number {
  const { added, removed } = diffRecordSets(seen, wanted);
  return added.length + removed.length;
}
