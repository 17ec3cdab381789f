/** What every Coordination must do, whatever keeps it: two replicas must not be told from one. */
import type { RecordSet } from "../../src/dns/record-set";
import { listenedToByMany } from "../../src/platform/deadline";
import { AppError } from "../../src/platform/errors";
import type { Coordination } from "../../src/proxy/coordination/coordination";
import type { ClientMemory } from "../../src/proxy/merge/client-memory";
import { SeenRecordSets } from "../../src/proxy/merge/seen-record-sets";

export interface CoordinationPair {
  /** As two replicas have it. */
  readonly replicas: readonly [Coordination, Coordination];
  /** Resolves when so many wait for zones. */
  readonly waiting: (count: number) => Promise<void>;
}

const never = listenedToByMany(new AbortController().signal);
const key = { client: "web", zone: "e.gov", name: "_acme-challenge.e.gov", type: "TXT" };
const set = (...rdata: string[]): RecordSet => ({ name: key.name, type: "TXT", ttlSeconds: 60, rdata });

/** An operation that ends when told to, and tells when it has begun. */
export function held() {
  let end: () => void = () => undefined;
  let begin: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const operation = (signal: AbortSignal) => {
    begin();
    return new Promise<void>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason as Error));
      void ended.then(resolve);
    });
  };
  return { operation, begun, end };
}

export function testCoordination(open: () => Promise<CoordinationPair>): void {
  let pair: CoordinationPair;
  let A: Coordination;
  let B: Coordination;

  beforeEach(async () => {
    pair = await open();
    [A, B] = pair.replicas;
  });
  afterEach(async () => {
    await A.close();
    await B.close();
  });

  test("zones: one holder at a time", async () => {
    let running = 0;
    const most: number[] = [];
    const operation = async () => {
      most.push(++running);
      await new Promise(setImmediate);
      running--;
    };
    await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? A : B).zones.hold("z", never, operation)));
    expect(most).toEqual(Array.from({ length: 20 }, () => 1));
  });

  test("zones: in order of asking, whoever asks", async () => {
    const first = held();
    const order: string[] = [];
    const runs = [A.zones.hold("z", never, first.operation)];
    await first.begun;
    for (const [index, replica] of [B, A, B, A].entries()) {
      runs.push(replica.zones.hold("z", never, async () => void order.push(String(index))));
      await pair.waiting(index + 1);
    }
    first.end();
    await Promise.all(runs);
    expect(order).toEqual(["0", "1", "2", "3"]);
  });

  test("zones: another zone does not wait", async () => {
    const first = held();
    const running = A.zones.hold("z", never, first.operation);
    await first.begun;
    await expect(B.zones.hold("y", never, async () => "done")).resolves.toBe("done");
    first.end();
    await running;
  });

  test("zones: a wait ends with the signal and its reason; those behind are served", async () => {
    const first = held();
    const running = A.zones.hold("z", never, first.operation);
    await first.begun;
    const deadline = new AbortController();
    let hasBegun = false;
    const late = B.zones.hold("z", deadline.signal, async () => (hasBegun = true));
    const refused = expect(late).rejects.toMatchObject({ code: "edge_dns_busy" });
    await pair.waiting(1);
    const behind = B.zones.hold("z", never, async () => "done");
    deadline.abort(new AppError("edge_dns_busy", "late"));
    await refused;
    first.end();
    await running;
    await expect(behind).resolves.toBe("done");
    expect(hasBegun).toBe(false);
    await expect(A.zones.hold("z", AbortSignal.abort(new AppError("aborted", "x")), first.operation)).rejects.toThrow();
  });

  test("zones: a failed operation lets go, and its error passes", async () => {
    await expect(A.zones.hold("z", never, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(B.zones.hold("z", never, async () => "done")).resolves.toBe("done");
  });

  test("zones: an operation is told when its time is over", async () => {
    const deadline = new AbortController();
    const { operation, begun } = held();
    const running = A.zones.hold("z", deadline.signal, operation);
    await begun;
    deadline.abort(new AppError("edge_dns_busy", "late"));
    await expect(running).rejects.toThrow("late");
    await expect(B.zones.hold("z", never, async () => "done")).resolves.toBe("done");
  });

  test("replay keys: of many at once one is admitted, and none later", async () => {
    const both = () => [A, B].flatMap(({ replays }) => Array.from({ length: 5 }, () => replays.admit("k", 60_000)));
    expect((await Promise.all(both())).filter((admitted) => admitted)).toHaveLength(1);
    expect((await Promise.all(both())).filter((admitted) => admitted)).toHaveLength(0);
    expect(await B.replays.admit("other", 60_000)).toBe(true);
  });

  test("replay keys: one that ended is admitted again, once", async () => {
    expect(await A.replays.admit("k", 0)).toBe(true);
    expect(await B.replays.admit("k", 60_000)).toBe(true);
    expect(await A.replays.admit("k", 60_000)).toBe(false);
  });

  test("memories: one replica knows what another noted; keys are apart", async () => {
    const written = set('"a"', String.raw`"\"\\ü"`, '"\u0000\ud800"');
    const note = (memory: ClientMemory) => ({ memory: { ...memory, written }, result: "noted" });
    const read = (memory: ClientMemory) => ({ memory, result: memory });
    expect(await A.memories.transact(key, note)).toBe("noted");
    expect(await B.memories.transact(key, read)).toEqual({ views: [], written });
    for (const other of [{ client: "lab" }, { zone: "f.gov" }, { name: "e.gov" }, { type: "CNAME" }])
      expect(await B.memories.transact({ ...key, ...other }, read)).toEqual({ views: [] });
  });

  test("memories: of many changes at once none is lost", async () => {
    const seen = [A, B].map(({ memories }) => new SeenRecordSets(memories));
    const values = Array.from({ length: 30 }, (_, index) => `"${index}"`);
    await Promise.all(values.map(async (value, index) => seen[index % 2]?.saw(key, set(value), `c${index}`)));
    expect([...((await seen[0]?.shown(key)) ?? [])].sort()).toEqual([...values].sort());
  });

  test("memories: a state read through one replica is the base of a write through the other, once", async () => {
    const [viaA, viaB] = [new SeenRecordSets(A.memories), new SeenRecordSets(B.memories)];
    await viaA.saw(key, set('"x"', '"b"'), "a/1");
    await viaB.saw(key, set('"x"'), "b/1");
    const wanted = set('"x"', '"b"', '"c"');
    const current = set('"x"', '"b"');
    const first = await viaB.base(key, { wanted, current, connection: "b/2" });
    expect(first.set).toEqual(set('"x"', '"b"'));
    await viaB.wrote(key, { before: current, after: wanted, built: { ...first, wanted, connection: "b/2" } });
    expect((await viaA.base(key, { wanted, current, connection: "a/2" })).set).toEqual(set('"x"'));
    expect((await viaA.base(key, { wanted: undefined, current: wanted, connection: "a/3" })).set).toEqual(set('"c"'));
  });

  test("a check passes", async () => {
    await expect(A.check(never)).resolves.toBeUndefined();
  });
}
