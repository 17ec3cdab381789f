/**
 * Random policies, zones and requests: what the proxy answers, does upstream and puts on record is what an independent
 * oracle (test/oracle) says, which was written from the reference page alone. ORACLE_WORLDS and ORACLE_SEED ask for
 * more, or for others.
 */
import { inspect } from "node:util";
import { Dice } from "../../oracle/dice";
import { runWorld } from "../../oracle/run-world";
import { Tally } from "../../oracle/tally";

const worlds = Number(process.env["ORACLE_WORLDS"] ?? 5_000);
const firstSeed = Number(process.env["ORACLE_SEED"] ?? 1);
const requestsPerWorld = 20;

test("100,000 requests: not one is judged, answered or done otherwise than the documents say", async () => {
  const tally = new Tally();
  for (let world = 0; world < worlds; world++) await runWorld(new Dice(firstSeed + world), requestsPerWorld, tally);

  expect(tally.differences.map((difference) => inspect(difference, { depth: 6 })).slice(0, 3)).toEqual([]);
  expect(tally.of("differences")).toBe(0);
  const share = (what: string) => tally.of(what) / (worlds * requestsPerWorld);
  expect(share("requests")).toBe(1);
  expect(share("allow")).toBeGreaterThan(1 / 3);
  expect(share("written")).toBeGreaterThan(0.1);
  for (const [what, least] of seldom) expect([what, share(what) > least]).toEqual([what, true]);
}, 600_000);

/** Shares that must not get lost when the generator changes. */
const seldom: readonly (readonly [string, number])[] = [
  ...["zone-not-granted", "name-not-granted", "operation-not-open"].map((reason) => [reason, 0.02] as const),
  ...["type-not-granted", "action-not-granted", "value-not-granted"].map((reason) => [reason, 0.02] as const),
  ...["ttl-not-granted", "no-own-value"].map((reason) => [reason, 0.002] as const),
  ...["acme-challenge", "acm-validation", "records"].map((preset) => [`written under ${preset}`, 0.005] as const),
  ...["POST", "PUT", "DELETE"].flatMap((verb) =>
    ["whole allow", "whole deny", "merged allow", "merged deny"].map((kind) => [`${verb} ${kind}`, 0.004] as const),
  ),
  ["fault", 0.05],
];
