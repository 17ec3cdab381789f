import { isSameRecordSet, diffRecordSets } from "../../dns/record-set-algebra";
import type { RecordSet } from "../../dns/record-set";
import { AppError } from "../../platform/errors";
import type { RecordSetPath, RecordSetWrite } from "../http/route";
import type { SentRecordSet } from "../http/record-set-body";
import { coversValue, decide, isSingular, type Decision, type DenyDecision } from "../policy/decide";
import { grantsFor, type Action, type Policy } from "../policy/policy";
import { mergeRecordSet } from "../merge/merge-record-set";
import { wantedValues } from "../merge/wanted-values";

/** A write as it came from an authenticated client. */
export interface RequestedWrite extends RecordSetPath {
  readonly client: string;
  readonly operation: RecordSetWrite;
  /** Undefined for a deletion. */
  readonly sent: SentRecordSet | undefined;
}

export interface KnownState {
  /** What stands upstream now. Undefined is an absent set. */
  readonly current: RecordSet | undefined;
  /** What the client built its write on (seen-record-sets.ts). */
  readonly base: RecordSet | undefined;
}

/**
 * `write`: bring the set to `target`, if that is allowed. `exists`: a POST on a set that differs. `absent`: a PUT or
 * DELETE on a set that is not there.
 */
export interface WritePlan {
  readonly kind: "write" | "exists" | "absent";
  readonly decision: Decision;
  /** What the client asked for, in our spelling. Undefined for a deletion. */
  readonly wanted: RecordSet | undefined;
  readonly target: RecordSet | undefined;
}

/** Whether writes to this set are merged for this client. Pure, as is all of this file. */
export function isMerged(policy: Policy, { client, zone, name, type }: RequestedWrite): boolean {
  return !isSingular(type) && grantsFor(policy, client, zone, name, type).some((grant) => grant.merge);
}

/** The set the client asked for, in our spelling. Errors: `invalid_argument`. */
export function wantedSet({ name, type, sent }: RequestedWrite, known: readonly string[]): RecordSet | undefined {
  if (sent === undefined) return undefined;
  const rdata = wantedValues(type, sent.rdata, known);
  if (isSingular(type) && rdata.length > 1)
    throw new AppError("invalid_argument", `${name}: there can be one ${type} only`);
  return { name, type, ttlSeconds: sent.ttlSeconds, rdata };
}

/** What a write of this kind can turn out to be, once it is known what stands. */
const possibleActions: Readonly<Record<RecordSetWrite, readonly Action[]>> = {
  "create-record-set": ["create", "update"],
  "replace-record-set": ["update", "create", "delete"],
  "delete-record-set": ["delete"],
};

/**
 * Judges what can be judged before the set is read: zone, name, type and kind of action. Undefined if the write may turn
 * out to be allowed; else it must neither wait in the zone's queue nor cost a read upstream.
 */
export function refuseUnread(policy: Policy, write: RequestedWrite): DenyDecision | undefined {
  let first: DenyDecision | undefined;
  for (const action of possibleActions[write.operation]) {
    const decision = decide(policy, { ...write, kind: "actions", actions: [action] });
    if (decision.verdict === "allow") return undefined;
    first ??= decision;
  }
  return first;
}

/** What is to be done, and whether it may. The decision is on the difference that will really be made. */
export function planWrite(
  policy: Policy,
  write: RequestedWrite,
  state: KnownState,
  known: readonly string[],
): WritePlan {
  const { current } = state;
  const wanted = wantedSet(write, known);
  const plan = (kind: WritePlan["kind"], target: RecordSet | undefined): WritePlan => ({
    kind,
    wanted,
    target,
    decision: decide(policy, { ...write, kind: "change", current, wanted: target }),
  });
  if (wanted === undefined && current === undefined)
    return plan(isMerged(policy, write) && state.base !== undefined ? "write" : "absent", undefined);
  if (isMerged(policy, write)) {
    const target = mergedTarget(policy, write, state, wanted);
    return wanted === undefined && isEmptyDeletion(state, target)
      ? { kind: "write", wanted, target, decision: refuseEmptyDeletion(policy, write) }
      : plan("write", target);
  }
  if (write.operation === "create-record-set" && current !== undefined && wanted !== undefined) {
    const { added, removed } = diffRecordSets(current, wanted);
    if (added.length === 0 && removed.length === 0) return plan("write", current);
    return {
      kind: "exists",
      wanted,
      target: wanted,
      decision: decide(policy, { ...write, kind: "actions", actions: ["create"] }),
    };
  }
  if (write.operation === "replace-record-set" && current === undefined)
    return {
      kind: "absent",
      wanted,
      target: wanted,
      decision: decide(policy, { ...write, kind: "actions", actions: ["update"] }),
    };
  return plan("write", wanted && inStandingText(current, wanted));
}

/** A value that stays may be somebody else's, so it keeps the octets that stand upstream. */
function inStandingText(current: RecordSet | undefined, wanted: RecordSet): RecordSet {
  const { kept, added } = diffRecordSets(current, wanted);
  return { ...wanted, rdata: [...kept, ...added] };
}

function mergedTarget(
  policy: Policy,
  write: RequestedWrite,
  { current, base }: KnownState,
  wanted: RecordSet | undefined,
): RecordSet | undefined {
  // a grant to read covers values as well, but what may only be read cannot have been meant to go
  const grants = grantsFor(policy, write.client, write.zone, write.name, write.type).filter(({ actions }) =>
    actions.some((action) => action !== "read"),
  );
  return mergeRecordSet({
    current,
    base,
    wanted,
    mayTouch: (value) => grants.some((grant) => coversValue(grant, write.type, value)),
    mayUpdate: grants.some((grant) => grant.actions.includes("update")),
  });
}

/**
 * Whether a deletion would take nothing away, either because all that the client saw is others', or because nothing
 * tells what it saw. What it saw and is gone already, it need not take away.
 */
function isEmptyDeletion({ current, base }: KnownState, merged: RecordSet | undefined): boolean {
  if (current === undefined || merged === undefined || !isSameRecordSet(current, merged)) return false;
  return base === undefined || diffRecordSets(base, current).kept.length > 0;
}

/** To answer an empty deletion with success would be a lie. */
function refuseEmptyDeletion(policy: Policy, write: RequestedWrite): Decision {
  const decision = decide(policy, { ...write, kind: "actions", actions: ["delete"] });
  if (decision.verdict === "deny") return decision;
  const why = "none of the values there is this client's: they are of others, or it neither wrote nor read them";
  return { verdict: "deny", reason: { code: "no-own-value", detail: `${write.name} ${write.type}: ${why}` } };
}
