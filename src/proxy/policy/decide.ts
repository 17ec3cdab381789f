/**
 * The one place where access is decided. Pure: the same policy and request give the same decision. What is judged is
 * the difference between what is there and what is wanted, never the verb, because PUT and DELETE act on whole sets
 * that several teams may share.
 */
import { canonicalRdata } from "../../dns/canonical-rdata";
import { diffRecordSets, type RecordSetDiff } from "../../dns/record-set-algebra";
import type { RecordSet } from "../../dns/record-set";
import { plainValue } from "./plain-value";
import type { Action, Grant, Policy } from "./policy";

interface Place {
  readonly client: string;
  /** Canonical, as are names; types are upper case. */
  readonly zone: string;
}

export type AccessRequest =
  /** May the client know that this zone exists? */
  | (Place & { readonly kind: "zone" })
  /** May it do all of this to some value of the set? Reading is always asked this way. */
  | (Place & {
      readonly kind: "actions";
      readonly name: string;
      readonly type: string;
      readonly actions: readonly Action[];
    })
  /** May it bring the set from one state to the other? Undefined is an absent set. */
  | (Place & {
      readonly kind: "change";
      readonly name: string;
      readonly type: string;
      readonly current: RecordSet | undefined;
      readonly wanted: RecordSet | undefined;
    });

/** How far a request came: each reason outranks the ones before it, so that people hear the nearest miss. */
export const denyOrder = [
  "operation-not-open",
  "zone-not-granted",
  "name-not-granted",
  "type-not-granted",
  "action-not-granted",
  "value-not-granted",
  "ttl-not-granted",
  "no-own-value",
] as const;
export type DenyCode = (typeof denyOrder)[number];

export interface DenyReason {
  readonly code: DenyCode;
  /** For people: what is missing. Holds nothing the client does not know. */
  readonly detail: string;
}

export interface DenyDecision {
  readonly verdict: "deny";
  readonly reason: DenyReason;
}

export type Decision = { readonly verdict: "allow"; readonly grant: Grant } | DenyDecision;

export function decide(policy: Policy, request: AccessRequest): Decision {
  const { client, zone } = request;
  const [first] = policy.grantsIn(client, zone);
  if (first === undefined) return denied(deny("zone-not-granted", `no grant in zone ${zone}`));
  if (request.kind === "zone") return { verdict: "allow", grant: first };
  let nearest = deny("name-not-granted", `no grant for the name ${request.name}`);
  for (const grant of policy.grantsAt(client, zone, request.name)) {
    const reason = judge(grant, request);
    if (reason === undefined) return { verdict: "allow", grant };
    if (denyOrder.indexOf(reason.code) > denyOrder.indexOf(nearest.code)) nearest = reason;
  }
  return denied(nearest);
}

/** Why this grant, which is for the name, does not cover the request; undefined if it does. */
function judge(grant: Grant, request: Exclude<AccessRequest, { kind: "zone" }>): DenyReason | undefined {
  const { name, type } = request;
  if (!grant.types.includes(type))
    return deny("type-not-granted", `${name}: records of type ${type} are not granted, only ${grant.types.join(", ")}`);
  if (request.kind === "actions") return judgeActions(grant, request.actions, name, type);
  const diff = diffRecordSets(request.current, request.wanted);
  return (
    judgeActions(grant, requiredActions(grant, request, diff), name, type) ??
    judgeValues(grant, name, type, diff) ??
    judgeTtl(grant, name, request, diff)
  );
}

function judgeActions(grant: Grant, required: readonly Action[], name: string, type: string): DenyReason | undefined {
  const missing = required.find((action) => !grant.actions.includes(action));
  return missing === undefined
    ? undefined
    : deny("action-not-granted", `${name} ${type}: to ${missing} is not granted, only to ${grant.actions.join(", ")}`);
}

/**
 * What a change takes. Where values are merged each one counts by itself: adding is `create`, taking away `delete`.
 * Elsewhere the set counts: it appears, changes, or goes. A write that changes nothing is the repetition of one that
 * did, and takes the right to have made it.
 */
function requiredActions(
  grant: Grant,
  request: Extract<AccessRequest, { kind: "change" }>,
  diff: RecordSetDiff,
): Action[] {
  const { current, wanted } = request;
  if (wanted === undefined) return ["delete"];
  const unchanged = diff.added.length === 0 && diff.removed.length === 0 && diff.ttl === undefined;
  if (current === undefined) return ["create"];
  if (unchanged) return grant.actions.includes("update") ? [] : ["create"];
  if (!grant.merge || isSingular(request.type)) return ["update"];
  return [
    ...(diff.added.length > 0 ? (["create"] as const) : []),
    ...(diff.removed.length > 0 ? (["delete"] as const) : []),
    ...(diff.ttl === undefined ? [] : (["update"] as const)),
  ];
}

/** A name has one CNAME at most (RFC 2181 10.1), so its set is its value. */
export function isSingular(type: string): boolean {
  return type === "CNAME" || type === "DNAME" || type === "SOA";
}

/** Whether the client may add and take away this value under the grant. */
export function coversValue(grant: Grant, type: string, value: string): boolean {
  return grant.values === undefined || grant.values.test(plainValue(type, value));
}

/** Names the value only if the client sent it: what it would take away it may not know. */
function judgeValues(
  grant: Grant,
  name: string,
  type: string,
  { added, removed }: RecordSetDiff,
): DenyReason | undefined {
  const isForeign = (value: string) => !coversValue(grant, type, value);
  const sent = added.find(isForeign);
  if (sent === undefined && !removed.some(isForeign)) return undefined;
  const subject = sent === undefined ? "a value that this would take away" : `the value ${canonicalRdata(type, sent)}`;
  return deny("value-not-granted", `${name} ${type}: ${subject} is not among those granted (${valuesText(grant)})`);
}

function judgeTtl(
  grant: Grant,
  name: string,
  request: Extract<AccessRequest, { kind: "change" }>,
  diff: RecordSetDiff,
): DenyReason | undefined {
  const { current, wanted } = request;
  if (wanted === undefined || (current !== undefined && diff.ttl === undefined)) return undefined;
  const { min, max } = grant.ttlSeconds ?? { min: 0, max: Infinity };
  if (wanted.ttlSeconds < min || wanted.ttlSeconds > max)
    return deny("ttl-not-granted", `${name}: a TTL of ${wanted.ttlSeconds} s is outside ${min} to ${max} s`);
  if (diff.kept.some((value) => !coversValue(grant, request.type, value)))
    return deny("ttl-not-granted", `${name}: the TTL is shared with values of others and must stay as it is`);
  return undefined;
}

function valuesText(grant: Grant): string {
  switch (grant.kind) {
    case "acme-challenge":
      return "ACME challenge digests of 43 base64url characters";
    case "acm-validation":
      return "ACM validation names";
    case "records":
      return `values like ${grant.values?.source ?? ".*"}`;
  }
}

function denied(reason: DenyReason): DenyDecision {
  return { verdict: "deny", reason };
}

function deny(code: DenyCode, detail: string): DenyReason {
  return { code, detail };
}
