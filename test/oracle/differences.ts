/** Where an answer of the proxy, and what it did upstream, is not what the oracle permits. */
import { isDeepStrictEqual } from "node:util";
import type { AuditEntry } from "../../src/proxy/audit";
import type { Problem, Reply } from "../../src/proxy/http/problem";
import type { Expectation, Reason } from "./judge-request";
import { contentOf, isSame } from "./judge-write";
import type { UpstreamWrite } from "./memory-edge-dns";
import { placeOf, plainValue, type StandingSet, type ZoneState } from "./model";

export interface Answered {
  readonly reply: Reply | Problem;
  readonly before: ReadonlyMap<string, ZoneState>;
  readonly after: ReadonlyMap<string, ZoneState>;
  readonly asked: readonly string[];
  readonly writes: readonly UpstreamWrite[];
  readonly audited: readonly AuditEntry[];
}

export function differencesOf(expected: Expectation, answered: Answered): string[] {
  const { reply, asked, writes } = answered;
  const found: string[] = [];
  if (!expected.statuses.has(reply.status)) found.push(`status ${reply.status}`);
  if (!expected.mayAsk && asked.length > 0) found.push("Edge DNS was asked");
  if (expected.place === undefined && writes.length > 0) found.push("forbidden write");
  if (writes.length > 1) found.push("more than one write");
  if (expected.body !== undefined && reply.status === 200 && !isBodyRight(expected.body, reply)) found.push("body");
  if (!isAuditRight(expected, answered)) found.push("audit");
  return [...found, ...changesOf(expected, answered)];
}

/** The zones, compared set by set: one set may change, to what is permitted, in canonical text. */
function changesOf({ change, place }: Expectation, { before, after, writes }: Answered): string[] {
  const found: string[] = [];
  for (const [zone, state] of after) {
    const stood = before.get(zone) ?? new Map<string, StandingSet>();
    for (const key of new Set([...stood.keys(), ...state.keys()])) {
      if (isDeepStrictEqual(stood.get(key), state.get(key))) continue;
      if (place === undefined || zone !== place.zone || key !== placeOf(place.name, place.type))
        found.push("foreign set");
    }
  }
  if (place === undefined) return found;
  const key = placeOf(place.name, place.type);
  const [stood, stands] = [before.get(place.zone)?.get(key), after.get(place.zone)?.get(key)];
  const owed = change === undefined ? contentOf(stood, place.type) : change.after;
  if (!isSame(owed, contentOf(stands, place.type))) found.push("change");
  if (stood !== stands && isSame(contentOf(stood, place.type), contentOf(stands, place.type))) found.push("idle write");
  if (!isRebuilt(place, stood, writes)) found.push("not canonical");
  return found;
}

/** Names and types as authorised, values that stay octet for octet, new ones quoted. */
function isRebuilt(
  place: Expectation["place"] & object,
  stood: StandingSet | undefined,
  writes: readonly UpstreamWrite[],
) {
  return writes.every(({ zone, name, type, set }) => {
    if (zone !== place.zone || name !== place.name || type !== place.type) return false;
    if (set === undefined) return true;
    const standing = new Map(stood?.texts.map((text) => [plainValue(type, text), text]));
    const texts = set.rdata.every((text) => {
      const known = standing.get(plainValue(type, text));
      if (known !== undefined) return known === text;
      return type === "TXT" ? /^("([ !#-[\]-~]|\\["\\]|\\\d{3})*" ?)+$/.test(text) : text === text.trim();
    });
    return texts && new Set(set.rdata).size === set.rdata.length && set.name === name && set.type === type;
  });
}

function isBodyRight(expected: unknown, reply: Reply | Problem): boolean {
  const body = ("body" in reply ? reply.body : undefined) as Readonly<Record<string, unknown>>;
  if (typeof expected !== "object" || expected === null) return false;
  return Object.entries(expected).every(([key, value]) => isDeepStrictEqual(comparable(key, body[key]), value));
}

/** Lists without their order; of record sets the place tells which it is. */
function comparable(key: string, value: unknown): unknown {
  if (key === "recordsets") return (value as StandingSet[]).map(({ name, type }) => placeOf(name, type)).sort();
  return key === "names" || key === "types" ? [...(value as string[])].sort() : value;
}

/** A denial is on record with a reason the oracle knows, an allowed write under a grant that covers it. */
function isAuditRight({ reasons, grants, verdict, place }: Expectation, { audited, reply }: Answered): boolean {
  const decisions = audited.filter(({ event }) => event === "decision");
  const [decision] = decisions;
  if (verdict === "fault") return decisions.every((entry) => entry.verdict === "deny");
  if (decisions.length !== 1 || decision === undefined) return reply.status === 400;
  if (decision.verdict === "deny") return verdict !== "allow" && reasons.has(decision.reason as Reason);
  if (place === undefined) return verdict === "allow";
  const position = /^grants\[(\d+)\]$/.exec(decision.grant ?? "")?.[1];
  return verdict !== "deny" && grants.has(Number(position));
}
