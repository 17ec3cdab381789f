import fc from "fast-check";
import type { RecordSet } from "../../../../src/dns/record-set";
import { LocalMemoryStore } from "../../../../src/proxy/coordination/local-memory-store";
import type { MemoryStore } from "../../../../src/proxy/coordination/memory-store";
import {
  emptyMemory,
  freshMemory,
  withView,
  type Base,
  type ClientMemory,
} from "../../../../src/proxy/merge/client-memory";
import { SeenRecordSets } from "../../../../src/proxy/merge/seen-record-sets";

const key = { client: "web", zone: "e.gov", name: "n.e.gov", type: "TXT" };
const limits = { keepMs: 1_000, maxViews: 3, maxOctets: 1_000 };

/** As a database keeps it: text between any two uses. */
function textStore(now: () => number): MemoryStore {
  let text = JSON.stringify(emptyMemory);
  return {
    transact: (_, change) => {
      const { memory, result } = change(JSON.parse(text) as ClientMemory, now());
      text = JSON.stringify(memory);
      return result;
    },
  };
}

const recordSet = fc
  .subarray(["a", "b", "c", "d"])
  .map((values): RecordSet => ({ name: key.name, type: "TXT", ttlSeconds: 60, rdata: values.map((x) => `"${x}"`) }));
const absent = fc.constant(undefined);
const connection = fc.constantFrom("1", "2", "3");
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;
const maybe = fc.oneof(recordSet, absent);
const step = fc.oneof(
  fc.record({ what: fc.constant("saw" as const), set: maybe, connection }),
  fc.record({ what: fc.constant("shown" as const) }),
  fc.record({ what: fc.constant("base" as const), wanted: maybe, current: maybe, connection, after: maybe }),
);

function take(seen: SeenRecordSets, step: Step): unknown {
  switch (step.what) {
    case "saw":
      return seen.saw(key, step.set, step.connection);
    case "shown":
      return seen.shown(key);
    case "base": {
      const { current, after } = step;
      const base = seen.base(key, step) as Base;
      void seen.wrote(key, { before: current, after, built: { ...step, view: base.view } });
      return base;
    }
  }
}

test("a memory that is text between its uses means the same as one that is not", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.nat(300)), { maxLength: 30 }), (steps) => {
      let now = 0;
      const clock = { now: () => new Date(now) };
      const [kept, written] = [new LocalMemoryStore(clock), textStore(() => now)].map(
        (s) => new SeenRecordSets(s, limits),
      );
      if (kept === undefined || written === undefined) throw new Error("both are there");
      for (const [each, pause] of steps) {
        now += pause;
        expect(take(written, each)).toEqual(take(kept, each));
      }
    }),
  );
});

test("nothing that is given is changed", () => {
  const memory: ClientMemory = { views: [{ connection: "1", at: 0 }] };
  const text = JSON.stringify(memory);
  expect(withView(memory, { connection: "2", at: 5 }, limits).views).toHaveLength(2);
  expect(freshMemory(memory, 2_000, limits).views).toEqual([]);
  expect(freshMemory(memory, 1_000, limits)).toBe(memory);
  expect(JSON.stringify(memory)).toBe(text);
});
