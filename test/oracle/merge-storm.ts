/**
 * Many processes at one record set, each with the read-modify-write habit of a real tool, in one random interleaving: no
 * sockets, no waiting, nothing but what is remembered of clients and the merge. What a write comes to is compared with
 * what it would have come to on the very answer that its process built it on, which only the simulation knows.
 */
import { addValues, diffRecordSets, removeValues } from "../../src/dns/record-set-algebra";
import type { RecordSet } from "../../src/dns/record-set";
import { LocalMemoryStore } from "../../src/proxy/coordination/local-memory-store";
import type { Base } from "../../src/proxy/merge/client-memory";
import { mergeRecordSet } from "../../src/proxy/merge/merge-record-set";
import { SeenRecordSets } from "../../src/proxy/merge/seen-record-sets";
import type { Dice } from "./dice";

/** `kept`: one connection; `each`: a new one for each request; `pool`: any of two, as undici does it. */
export type Connections = "kept" | "each" | "pool";

export interface Habits {
  /** Processes with the same name have the same token. */
  readonly client: string;
  readonly connections: Connections;
  /** It looks and does not write, as a plan does. */
  readonly onlyReads?: boolean;
}

/** Fractions 0..1. */
export interface Mishaps {
  /** Of writes: nothing is done, and the process starts again with a new read. */
  readonly refused: number;
  /** Of writes: done, but the process does not know, and starts again with a new read. */
  readonly lost: number;
  /** Of reads: the process ends, or when it cleans up is run again. */
  readonly ended: number;
}

type Steps = Generator<undefined, void>;

const key = { zone: "example.test", name: "n.example.test", type: "A" };

export class MergeStorm {
  /** What writes did wrong. */
  readonly found: string[] = [];
  /** What happened, for whoever wants to know how it came to that. */
  readonly history: string[] = [];
  private readonly seen: SeenRecordSets;
  private standing: RecordSet | undefined;
  private isLocked = false;
  private connectionsMade = 0;

  constructor(
    private readonly dice: Dice,
    start: readonly string[],
    private readonly mishaps: Mishaps,
  ) {
    let now = 0;
    this.seen = new SeenRecordSets(new LocalMemoryStore({ now: () => new Date(now++) }));
    this.standing = setOf(start);
  }

  run(processes: readonly Habits[]): void {
    const running = processes.map((habits, index) => this.process(habits, `v${index}`));
    while (running.length > 0) {
      const at = this.dice.below(running.length);
      if (running[at]?.next().done === true) running.splice(at, 1);
    }
  }

  /** Adds its value, and takes it away again. At each yield the others may go on. */
  private *process({ client, connections, onlyReads }: Habits, value: string): Steps {
    const connection = this.connectionsOf(connections);
    for (const goal of ["add", "remove"] as const) {
      yield* this.pause();
      let isDone = false;
      while (!isDone) {
        const on = connection();
        const read = this.standing;
        yield;
        void this.seen.saw({ ...key, client }, read, on);
        this.history.push(`${value} on ${on} reads ${text(read)}`);
        yield;
        const wanted = goal === "add" ? withValue(read, value) : read && withoutValue(read, value);
        if (onlyReads === true || isSame(read, wanted)) break;
        if (this.dice.chance(this.mishaps.ended) && goal === "add") return;
        if (this.dice.chance(this.mishaps.refused)) continue;
        while (this.isLocked) yield;
        this.isLocked = true;
        yield* this.write(client, connection(), read, wanted, `${value} ${goal}s`);
        this.isLocked = false;
        isDone = !this.dice.chance(this.mishaps.lost);
      }
    }
  }

  private *write(client: string, connection: string, read: MaybeSet, wanted: MaybeSet, what: string): Steps {
    const before = this.standing;
    const base = this.seen.base({ ...key, client }, { wanted, current: before, connection }) as Base;
    // a POST adds, whatever was read
    const isPost = read === undefined;
    const merge = { current: before, wanted, mayTouch: (each: string) => each.startsWith("v"), mayUpdate: true };
    const after = mergeRecordSet({ ...merge, base: isPost ? undefined : base.set });
    const right = mergeRecordSet({ ...merge, base: read });
    this.history.push(`${what} on ${connection}: ${text(read)} to ${text(wanted)}, taken for ${text(base.set)}`);
    const { added, removed } = diffRecordSets(right, after);
    for (const each of added) this.found.push(`${what}: ${each} stands and should not`);
    for (const each of removed) this.found.push(`${what}: ${each} is lost`);
    // one mistake does not lead to the next
    this.standing = right;
    yield;
    void this.seen.wrote({ ...key, client }, { before, after: right, built: { view: base.view, wanted, connection } });
  }

  private *pause(): Steps {
    for (let steps = this.dice.below(20); steps > 0; steps--) yield;
  }

  /** The connection of each request; kept ones break now and then. */
  private connectionsOf(connections: Connections): () => string {
    let open: string[] = [];
    return () => {
      if (connections === "each" || open.length === 0 || this.dice.chance(0.02))
        open = Array.from({ length: connections === "pool" ? 2 : 1 }, () => `c${++this.connectionsMade}`);
      return this.dice.pick(open);
    };
  }
}

type MaybeSet = RecordSet | undefined;

/** The type does not matter to a merge; the values of this one are compared fastest. */
function setOf(values: readonly string[]): MaybeSet {
  return values.length === 0 ? undefined : { name: key.name, type: key.type, ttlSeconds: 60, rdata: values };
}

const withValue = (set: MaybeSet, value: string) => (set === undefined ? setOf([value]) : addValues(set, [value]));
const withoutValue = (set: RecordSet, value: string) => setOf(removeValues(set, [value]).rdata);
const text = (set: MaybeSet) => `{${(set?.rdata ?? []).join(" ")}}`;

function isSame(left: MaybeSet, right: MaybeSet): boolean {
  return text(left) === text(right);
}
