/** The oracle: what may come of a request, and which changes of the zone are permitted upstream. */
import { contentOf, isMergedFor, outcomesOf, type Content, type Denial, type Verb } from "./judge-write";
import { placeOf, plainName, type GrantEntry, type Right, type StandingSet, type ZoneState } from "./model";
import { readBody, readTarget, type Asked, type RawRequest } from "./read-request";
import { valuesMeant } from "./recognise";
import { concerns, isIn, rightsOf, reachesName, typesOf } from "./rights";
import type { Built, Shown } from "./shown";

export interface World {
  readonly grants: readonly GrantEntry[];
  readonly zones: ReadonlyMap<string, ZoneState>;
  readonly shown: Shown;
}

export interface Sender {
  readonly client: string;
  readonly connection: string;
}

export type Reason = Denial | "zone-not-granted" | "name-not-granted" | "type-not-granted" | "operation-not-open";

export interface Expectation {
  /** Any of these. */
  readonly statuses: ReadonlySet<number>;
  /** Codes a denial may be put on record with; empty if it must not be one. */
  readonly reasons: ReadonlySet<Reason>;
  /** Positions of the grants that may stand for it. Empty if it needs none, or is not allowed. */
  readonly grants: ReadonlySet<number>;
  /** Of a write that is done: what the set is afterwards. Else it stays as it is. */
  readonly change?: { readonly after: Content | undefined };
  readonly place?: { readonly zone: string; readonly name: string; readonly type: string };
  /** Of a read: the one answer. */
  readonly body?: unknown;
  /** What a list shows. */
  readonly listed?: { readonly zone: string; readonly sets: readonly StandingSet[] };
  /** Whether Edge DNS may be asked anything at all. */
  readonly mayAsk: boolean;
  readonly verdict: "allow" | "deny" | "fault";
  readonly isMerged: boolean;
  /** Of a write to one set: where it comes from. */
  readonly built?: Built;
}

const nothing = { reasons: new Set<Reason>(), grants: new Set<number>(), mayAsk: false, isMerged: false };
const fault = (...statuses: number[]): Expectation => ({ ...nothing, statuses: new Set(statuses), verdict: "fault" });
/** A body that speaks of values is read against the set as it stands. */
const badValues = { ...fault(400, 403), mayAsk: true };
const refusal = (status: number, ...reasons: Reason[]): Expectation => ({
  ...nothing,
  statuses: new Set([status]),
  reasons: new Set(reasons),
  verdict: "deny",
});
const reply = (status: number, body: unknown, mayAsk = true): Expectation => ({
  ...nothing,
  statuses: new Set([status]),
  body,
  mayAsk,
  verdict: "allow",
});

export function judgeRequest(world: World, sender: Sender, request: RawRequest): Expectation {
  const asked = readTarget(request);
  const { grants, zones } = world;
  const zone = "zone" in asked ? asked.zone : "seemingZone" in asked ? asked.seemingZone : undefined;
  const isKnown = zone === undefined || grants.some((grant) => isIn(grant, sender.client, zone));
  if (asked.kind === "method") return fault(405);
  if (asked.kind === "malformed") return isKnown ? fault(400) : fault(400, 404);
  if (!isKnown && asked.kind === "closed")
    return { ...refusal(404, "zone-not-granted", "operation-not-open"), statuses: new Set([403, 404]) };
  if (!isKnown) return refusal(404, "zone-not-granted");
  if (asked.kind === "closed") return refusal(403, "operation-not-open");
  if (asked.kind === "allowed") return judgeQuestion(grants, sender, asked.query);
  if (asked.kind === "zones") return reply(200, undefined);
  const state = zones.get(asked.zone);
  if (state === undefined) return reply(404, undefined);
  if (asked.kind === "set") return judgeSet(world, sender, request, asked, state);
  const readable = [...state.values()].filter(({ name, type }) => mayRead(grants, sender, asked.zone, name, type));
  switch (asked.kind) {
    case "zone":
      return reply(200, undefined);
    case "names":
      return reply(200, { names: sorted(readable.map(({ name }) => name)) });
    case "types":
      return reply(200, { types: sorted(readable.filter(({ name }) => name === asked.name).map(({ type }) => type)) });
    case "recordsets": {
      const types = asked.query.get("types")?.toUpperCase().split(",");
      const listed = readable.filter(({ type }) => types === undefined || types.includes(type));
      return {
        ...reply(200, { recordsets: listed.map(({ name, type }) => placeOf(name, type)).sort() }),
        listed: { zone: asked.zone, sets: listed },
      };
    }
  }
}

const sorted = (names: readonly string[]) => [...new Set(names)].sort();

export function mayRead(
  grants: readonly GrantEntry[],
  { client }: Sender,
  zone: string,
  name: string,
  type: string,
): boolean {
  return grants.some((grant) => concerns(grant, client, zone, name, type) && rightsOf(grant).includes("read"));
}

/** How far a request gets: the reason of a refusal names the first thing that no grant has. */
function refusedFor(
  grants: readonly GrantEntry[],
  { client }: Sender,
  { zone, name, type }: { zone: string; name: string; type: string },
): Reason | undefined {
  const inZone = grants.filter((grant) => isIn(grant, client, zone));
  if (inZone.length === 0) return "zone-not-granted";
  const atName = inZone.filter((grant) => reachesName(grant, name));
  if (atName.length === 0) return "name-not-granted";
  return atName.some((grant) => typesOf(grant).includes(type)) ? undefined : "type-not-granted";
}

function judgeQuestion(grants: readonly GrantEntry[], sender: Sender, query: URLSearchParams): Expectation {
  if ([...query.keys()].length === 0) return reply(200, undefined, false);
  const [zone, name, type, action] = ["zone", "name", "type", "action"].map((key) => query.get(key) ?? "");
  const wanted = (action ?? "").split(",") as Right[];
  const place = { zone: plainName(zone ?? ""), name: plainName(name ?? ""), type: (type ?? "").toUpperCase() };
  const reason = refusedFor(grants, sender, place);
  const isCovered = grants.some(
    (grant) =>
      concerns(grant, sender.client, place.zone, place.name, place.type) &&
      wanted.every((right) => rightsOf(grant).includes(right)),
  );
  const answer = isCovered ? { allowed: true } : { allowed: false, reason: reason ?? "action-not-granted" };
  return reply(200, answer, false);
}

function judgeSet(
  { grants, shown }: World,
  sender: Sender,
  request: RawRequest,
  place: Extract<Asked, { kind: "set" }>,
  state: ZoneState,
): Expectation {
  const { zone, name, type } = place;
  const before = state.get(placeOf(name, type));
  const why = refusedFor(grants, sender, place);
  const verb = request.method;
  if (verb === "GET") {
    if (why !== undefined) return denied(why);
    if (!mayRead(grants, sender, zone, name, type)) return denied("action-not-granted");
    const readers = [...grants.entries()].filter(([, grant]) => mayRead([grant], sender, zone, name, type));
    const found = before === undefined ? reply(404, undefined) : reply(200, documentOf(before));
    return { ...found, place, grants: new Set(readers.map(([at]) => at)) };
  }
  const memory = { client: sender.client, zone, name, type };
  const body = verb === "DELETE" ? undefined : readBody(request.body, place);
  const values = body && valuesMeant(type, body.texts, [...(before?.texts ?? []), ...shown.texts(memory)]);
  const isBad = verb !== "DELETE" && (values === undefined || (type === "CNAME" && values.size > 1));
  if (why !== undefined) return isBad ? { ...denied(why), statuses: new Set([400, 403]) } : denied(why);
  if (isBad) return body === undefined ? fault(400, 403) : badValues;
  const mine = [...grants.entries()].filter(([, grant]) => concerns(grant, sender.client, zone, name, type));
  const entries = mine.map(([, grant]) => grant);
  const possible: readonly Right[] = possibleRights[verb as Verb];
  if (!entries.some((grant) => rightsOf(grant).some((right) => possible.includes(right))))
    return denied("action-not-granted");
  const standing = contentOf(before, type);
  const [asked, stands] = [values ?? new Set<string>(), standing?.values ?? new Set<string>()];
  const taken =
    verb === "DELETE"
      ? shown.baseOfDelete(memory, sender.connection, stands)
      : shown.baseOfWrite(memory, sender.connection, asked, stands, verb === "POST");
  const isMerged = isMergedFor(entries, type);
  const sent = body && values && { ttl: body.ttl, values };
  const outcomes = outcomesOf(entries, { verb: verb as Verb, type, before, sent, base: taken.base });
  const fine = outcomes.flatMap((outcome, at) =>
    outcome.kind === "denied" ? [] : [{ outcome, at: mine[at]?.[0] ?? -1 }],
  );
  const reasons = outcomes.flatMap((outcome) => (outcome.kind === "denied" ? [outcome.reason] : []));
  const nearest = denials.findLast((denial) => reasons.includes(denial)) ?? "action-not-granted";
  const [first] = fine;
  if (first === undefined) return { ...denied(nearest), place, mayAsk: true, isMerged };
  const success = { POST: 201, PUT: 200, DELETE: 204 }[verb as Verb];
  return {
    verdict: "allow",
    statuses: new Set([first.outcome.kind === "impossible" ? first.outcome.status : success]),
    reasons: new Set(),
    grants: new Set(fine.map(({ at }) => at)),
    change: first.outcome.kind === "done" ? { after: first.outcome.after } : undefined,
    place,
    mayAsk: true,
    isMerged,
    built: taken,
  };
}

const denied = (reason: Reason) => refusal(403, reason);

/** What a write can turn out to be. */
const possibleRights = { POST: ["create", "update"], PUT: ["create", "update", "delete"], DELETE: ["delete"] } as const;

/** From far off to near: the nearest is told. */
const denials = ["action-not-granted", "value-not-granted", "ttl-not-granted", "no-own-value"] as const;

export function documentOf({ name, type, ttl, texts }: StandingSet) {
  return { name, type, ttl, rdata: texts };
}
