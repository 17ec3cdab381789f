/**
 * One write to one record set: what it means, and what may come of it under each grant. A write is fine if one grant
 * alone covers all that changes. Every value is looked at by itself: is it there before, in the answer the write was
 * built on, in what was sent, and so there afterwards?
 */
import { isMerging, mayTouch, maySetTtl, rightsOf } from "./rights";
import { plainValue, type GrantEntry, type Right, type StandingSet } from "./model";

export type Verb = "POST" | "PUT" | "DELETE";
export type Values = ReadonlySet<string>;

export type Denial = "action-not-granted" | "value-not-granted" | "ttl-not-granted" | "no-own-value";

/** What may come of a write. */
export type Outcome =
  | { readonly kind: "done"; readonly after: Content | undefined }
  | { readonly kind: "denied"; readonly reason: Denial }
  /** Allowed, but impossible as things stand. */
  | { readonly kind: "impossible"; readonly status: number };

/** A set by its values. */
export interface Content {
  readonly ttl: number;
  readonly values: Values;
}

export interface SetWrite {
  readonly verb: Verb;
  readonly type: string;
  readonly before: StandingSet | undefined;
  /** Of POST and PUT: what the client meant (recognise.ts). */
  readonly sent: Content | undefined;
  /** What a merged write was built on: the values, or undefined if nothing tells. */
  readonly base: Values | undefined;
}

/** What a write comes to, before anybody asks whether it may. */
type Meaning =
  | { readonly after: Content | undefined }
  | { readonly needs: Right; readonly status: number }
  | { readonly nothingOwn: true };

/** The outcome under each of the grants; all of them concern the record. */
export function outcomesOf(grants: readonly GrantEntry[], write: SetWrite): Outcome[] {
  const meaning = isMergedFor(grants, write.type) ? mergedMeaning(grants, write) : wholeMeaning(write);
  const before = contentOf(write.before, write.type);
  return grants.map((grant) => {
    if ("nothingOwn" in meaning) return denied(has(grant, "delete") ? "no-own-value" : "action-not-granted");
    if ("status" in meaning)
      return has(grant, meaning.needs) ? { kind: "impossible", status: meaning.status } : denied("action-not-granted");
    const denial = denialOf(grant, write, before, meaning.after);
    return denial === undefined ? { kind: "done", after: meaning.after } : denied(denial);
  });
}

/** A name has one CNAME, so there is nothing to merge. */
export function isMergedFor(grants: readonly GrantEntry[], type: string): boolean {
  return type !== "CNAME" && grants.some(isMerging);
}

function wholeMeaning({ verb, type, before, sent }: SetWrite): Meaning {
  const standing = contentOf(before, type);
  if (verb === "DELETE") return standing === undefined ? { needs: "delete", status: 404 } : { after: undefined };
  if (verb === "PUT") return standing === undefined ? { needs: "update", status: 400 } : { after: sent };
  if (standing === undefined || sent === undefined) return { after: sent };
  return isEqual(standing.values, sent.values) ? { after: standing } : { needs: "create", status: 409 };
}

function mergedMeaning(grants: readonly GrantEntry[], { verb, type, before, sent, base }: SetWrite): Meaning {
  const standing = contentOf(before, type);
  if (standing === undefined && sent === undefined)
    return base === undefined ? { needs: "delete", status: 404 } : { after: undefined };
  const writing = grants.filter((grant) => rightsOf(grant).some((right) => right !== "read"));
  const isMine = (value: string) => writing.some((grant) => mayTouch(grant, value));
  const present = standing?.values ?? none;
  const wanted = sent?.values ?? none;
  const built = verb === "POST" ? none : (base ?? none);
  const after = new Set<string>();
  for (const value of new Set([...present, ...wanted])) {
    const isTaken = verb !== "POST" && built.has(value) && !wanted.has(value) && isMine(value);
    const isAdded = wanted.has(value) && !built.has(value);
    if (isAdded || (present.has(value) && !isTaken)) after.add(value);
  }
  if (verb === "DELETE" && isEqual(after, present)) {
    const isGoneAlready = base !== undefined && ![...base].some((value) => present.has(value));
    return isGoneAlready ? { after: standing } : { nothingOwn: true };
  }
  if (after.size === 0) return { after: undefined };
  if (standing === undefined) return { after: { ttl: sent?.ttl ?? 0, values: after } };
  const setsTtl = [...present].every(isMine) && grants.some((grant) => has(grant, "update"));
  return { after: { ttl: setsTtl && sent !== undefined ? sent.ttl : standing.ttl, values: after } };
}

/** Why one grant does not cover the step from before to after. */
function denialOf(
  grant: GrantEntry,
  { type }: SetWrite,
  before: Content | undefined,
  after: Content | undefined,
): Denial | undefined {
  const [old, young] = [before?.values ?? none, after?.values ?? none];
  const added = [...young].filter((value) => !old.has(value));
  const removed = [...old].filter((value) => !young.has(value));
  const setsTtl = after !== undefined && after.ttl !== before?.ttl;
  const counts = isMergedFor([grant], type);
  const needed: Right[] = [];
  if (after === undefined) needed.push("delete");
  else if (before === undefined) needed.push("create");
  else if (isSame(before, after)) needed.push(has(grant, "update") ? "update" : "create");
  else if (!counts) needed.push("update");
  else {
    if (added.length > 0) needed.push("create");
    if (removed.length > 0) needed.push("delete");
    if (setsTtl) needed.push("update");
  }
  if (!needed.every((right) => has(grant, right))) return "action-not-granted";
  if (![...added, ...removed].every((value) => mayTouch(grant, value))) return "value-not-granted";
  const isShared = before !== undefined && [...old].some((value) => young.has(value) && !mayTouch(grant, value));
  if (setsTtl && (!maySetTtl(grant, after.ttl) || isShared)) return "ttl-not-granted";
  return undefined;
}

export function contentOf(set: StandingSet | undefined, type: string): Content | undefined {
  return set && { ttl: set.ttl, values: new Set(set.texts.map((text) => plainValue(type, text) ?? text)) };
}

export function isSame(left: Content | undefined, right: Content | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.ttl === right.ttl && isEqual(left.values, right.values);
}

const none: Values = new Set();
const has = (grant: GrantEntry, right: Right) => rightsOf(grant).includes(right);
const isEqual = (left: Values, right: Values) => left.size === right.size && [...left].every((each) => right.has(each));
const denied = (reason: Denial): Outcome => ({ kind: "denied", reason });
