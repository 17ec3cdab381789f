import fc from "fast-check";
import type { HostedZones, RecordSetChange } from "../../../src/aws/hosted-zones";
import type { RecordSet } from "../../../src/dns/record-set";
import { Route53ChallengeRecords } from "../../../src/issuance/route53-challenge-records";
import { AppError, type ErrorCode } from "../../../src/platform/errors";

const zone = { type: "route53" as const, name: "example.gov", id: "Z0123456789" };
const name = "_acme-challenge.example.gov";
const texts = (...values: string[]) => values.map((value) => `"${value}"`);
const setOf = (...rdata: string[]): RecordSet => ({ name, type: "TXT", ttlSeconds: 300, rdata });

const refusal = (error: string, code: ErrorCode = "aws_request") => new AppError(code, error, { facts: { error } });

/** One record set with Route 53's rule for batches: all changes or none, and a DELETE wants what is there. */
class OneSet {
  readonly batches: (readonly RecordSetChange[])[] = [];
  readonly waitedFor: string[] = [];
  /** Happens between a read of ours and the write that follows; throws what Route 53 answers, if anything. */
  beforeWrite: () => void = () => undefined;
  zoneFacts = { id: zone.id, name: zone.name, comment: "", isPrivate: false, nameServers: [] };
  asked = 0;

  constructor(public current?: RecordSet) {}

  readonly zones: Pick<HostedZones, "get" | "recordSet" | "change" | "waitForInsync"> = {
    get: async () => {
      this.asked++;
      return this.zoneFacts;
    },
    recordSet: async () => this.current,
    change: async (_, changes) => {
      this.beforeWrite();
      this.write(changes);
      this.batches.push(changes);
      return `C${this.batches.length}`;
    },
    waitForInsync: async (changeId) => void this.waitedFor.push(changeId),
  };

  write(changes: readonly RecordSetChange[]): void {
    let trial = this.current;
    for (const { action, set } of changes) {
      const fits = action === "DELETE" ? JSON.stringify(set) === JSON.stringify(trial) : trial === undefined;
      if (!fits) throw refusal("InvalidChangeBatch");
      trial = action === "DELETE" ? undefined : set;
    }
    this.current = trial;
  }

  /** As another careful writer does it. */
  edit(change: (rdata: readonly string[]) => readonly string[]): void {
    const rdata = change(this.current?.rdata ?? []);
    this.current = rdata.length === 0 ? undefined : { ...(this.current ?? setOf()), rdata };
  }
}

function recordsOn(set: OneSet, delays: number[] = []) {
  const sleep = async (ms: number) => void delays.push(ms);
  return new Route53ChallengeRecords({ zones: set.zones, sleep, random: () => 1 });
}

test("a set of our own is made with a short life, and deleted when the last value goes", async () => {
  const set = new OneSet();
  const records = recordsOn(set);
  await records.add(zone, name, ["one", "two", "one"]);
  expect(set.current).toEqual({ name, type: "TXT", ttlSeconds: 60, rdata: texts("one", "two") });
  expect(set.waitedFor).toEqual(["C1"]);
  await records.remove(zone, name, ["one"]);
  expect(set.current?.rdata).toEqual(texts("two"));
  await records.remove(zone, name, ["two"]);
  expect(set.current).toBeUndefined();
  expect(set.batches.map((batch) => batch.map(({ action }) => action))).toEqual([
    ["CREATE"],
    ["DELETE", "CREATE"],
    ["DELETE"],
  ]);
});

test("what is there already is not written again, what is gone is not removed", async () => {
  const set = new OneSet(setOf(...texts("theirs", "one")));
  const records = recordsOn(set);
  await records.add(zone, name, ["one"]);
  await records.remove(zone, name, ["two"]);
  await recordsOn(new OneSet()).remove(zone, name, ["one"]);
  expect(set.batches).toEqual([]);
});

const foreignText = fc
  .array(fc.string({ minLength: 1, maxLength: 12, unit: "grapheme-ascii" }), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.map((part) => `"${part.replace(/["\\]/g, "\\$&")}"`).join("  "));
const ourValue = fc.string({ minLength: 43, maxLength: 43, unit: fc.constantFrom(..."abcXYZ019-_") });
/** What another writer does while we are between our read and our write. */
const race = fc.record({ adds: fc.array(foreignText, { maxLength: 2 }), ours: fc.boolean(), refused: fc.boolean() });

test("property: whatever stands and whoever races, foreign values stay octet for octet, and ours come and go", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(foreignText, { maxLength: 4 }),
      fc.uniqueArray(ourValue, { minLength: 1, maxLength: 3 }),
      fc.array(race, { maxLength: 5 }),
      async (foreign, values, races) => {
        const set = new OneSet(foreign.length === 0 ? undefined : setOf(...foreign));
        const stranger = new Set(foreign);
        let theirTtl = set.current?.ttlSeconds;
        const pending = [...races];
        set.beforeWrite = () => {
          const next = pending.shift();
          if (next === undefined) return;
          next.adds.forEach((text) => stranger.add(text));
          set.edit((rdata) => [...new Set([...rdata, ...next.adds])]);
          if (next.ours) set.edit((rdata) => rdata.filter((text) => stranger.has(text)));
          theirTtl = stranger.size === 0 ? undefined : (set.current?.ttlSeconds ?? theirTtl);
          if (next.refused) throw refusal("PriorRequestNotComplete");
        };
        const records = recordsOn(set);
        await records.add(zone, name, values);
        expect(new Set(set.current?.rdata)).toEqual(new Set([...stranger, ...texts(...values)]));
        if (theirTtl !== undefined) expect(set.current?.ttlSeconds).toBe(theirTtl);
        await records.remove(zone, name, values);
        expect(new Set(set.current?.rdata ?? [])).toEqual(stranger);
      },
    ),
  );
});

test("two of ours at once on one name: none overwrites the other", async () => {
  const set = new OneSet(setOf(...texts("theirs")));
  const writers = [recordsOn(set), recordsOn(set)];
  await Promise.all(writers.map((records, index) => records.add(zone, name, [`v${index}`, `w${index}`])));
  expect([...(set.current?.rdata ?? [])].sort()).toEqual(texts("theirs", "v0", "v1", "w0", "w1"));
});

test("a batch that is refused for good is tried for about a minute, then told in Route 53's words", async () => {
  const set = new OneSet();
  set.beforeWrite = () => {
    throw refusal("InvalidChangeBatch");
  };
  const delays: number[] = [];
  const adding = recordsOn(set, delays).add(zone, name, ["one"]);
  await expect(adding).rejects.toMatchObject({ code: "aws_request", facts: { error: "InvalidChangeBatch" } });
  const total = delays.reduce((sum, delay) => sum + delay, 0);
  expect(total).toBeGreaterThan(30_000);
  expect(total).toBeLessThan(90_000);
});

test("what another try does not mend is thrown at once", async () => {
  const set = new OneSet();
  const denied = refusal("AccessDenied", "aws_denied");
  set.beforeWrite = () => {
    throw denied;
  };
  const delays: number[] = [];
  await expect(recordsOn(set, delays).add(zone, name, ["one"])).rejects.toBe(denied);
  expect(delays).toEqual([]);
});

test("a zone is asked for once, however many names are in it", async () => {
  const set = new OneSet();
  const records = recordsOn(set);
  await Promise.all(["a", "b"].map((label) => records.checkAllowed(zone, `_acme-challenge.${label}.example.gov`)));
  await records.checkAllowed(zone, name);
  expect(set.asked).toBe(1);
});

test.each<[string, Partial<OneSet["zoneFacts"]>, ErrorCode, RegExp]>([
  ["of another name", { name: "example.org" }, "dns_zone_not_found", /hosted zone Z0123456789 is example\.org, not/],
  ["private", { isPrivate: true }, "invalid_argument", /hosted zone Z0123456789 of example\.gov is private/],
])("a zone that is %s is refused before anything is written", async (_, facts, code, message) => {
  const set = new OneSet();
  set.zoneFacts = { ...set.zoneFacts, ...facts };
  const checking = recordsOn(set).checkAllowed(zone, name);
  await expect(checking).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
});

test("a zone that there is not, and one that may not be seen", async () => {
  const set = new OneSet();
  const answers = [refusal("NoSuchHostedZone", "aws_not_found"), refusal("AccessDenied", "aws_denied")];
  const records = new Route53ChallengeRecords({
    zones: { ...set.zones, get: async () => Promise.reject(answers.shift() ?? new Error("asked too often")) },
  });
  await expect(records.checkAllowed(zone, name)).rejects.toMatchObject({
    code: "dns_zone_not_found",
    message: "there is no hosted zone Z0123456789 in this AWS account",
  });
  await expect(records.checkAllowed(zone, name)).rejects.toMatchObject({ code: "aws_denied" });
});
