import type { RecordSet } from "../../dns/record-set";
import type { AuditEntry } from "../audit";
import type { Route } from "../http/route";
import { refuseUnread, type RequestedWrite } from "../operations/plan-write";
import {
  decide,
  denyOrder,
  type AccessRequest,
  type Decision,
  type DenyCode,
  type DenyDecision,
} from "../policy/decide";
import { actions, Policy } from "../policy/policy";
import { answerOffline, answerWithoutBody, type OfflineAnswer, type Question } from "./answer-offline";
import { routeOf } from "./route-of";
import type { UpstreamWrite } from "./standing-zone";

/** How far a request came in one grant. */
export interface GrantTrace {
  /** `grants[0]` */
  readonly grant: string;
  readonly kind: string;
  readonly verdict: "allow" | DenyCode;
  /** What was missing. */
  readonly detail?: string;
}

/** One record set that the request is about, or the request as a whole. */
export interface ExplainedDecision {
  readonly zone?: string;
  readonly name?: string;
  readonly type?: string;
  readonly verdict: "allow" | "deny" | "undecided";
  readonly reason?: string;
  readonly grant?: string;
  /** The client's grants in the zone, those first in which it came furthest; empty where no grant was asked. */
  readonly grants: readonly GrantTrace[];
}

export interface Explanation {
  readonly client: string;
  /** `PUT /config-dns/v2/…` */
  readonly request: string;
  readonly operation?: Route["operation"];
  /** `invalid`: refused before access was judged. `undecided`: it depends on the body, which is not known. */
  readonly verdict: "allow" | "deny" | "invalid" | "undecided";
  /** Of `deny`. */
  readonly reason?: string;
  readonly decisions: readonly ExplainedDecision[];
  /** What the client would be answered. */
  readonly status?: number;
  readonly detail?: string;
  /** What would be sent to Edge DNS. */
  readonly upstream: readonly UpstreamWrite[];
}

/** What the proxy would do with a request, and why. */
export async function explainRequest(policy: Policy, question: Question): Promise<Explanation> {
  const { client, method, target, body } = question;
  const route = routeOf(method, target);
  const isBodyMissing =
    body === undefined && (route?.operation === "create-record-set" || route?.operation === "replace-record-set");
  const outcome = isBodyMissing
    ? await answerWithoutBody(policy, question, route)
    : await answerOffline(policy, question);
  const { reply, writes } = outcome;
  return {
    client,
    request: `${method} ${target}`,
    ...(route === undefined ? {} : { operation: route.operation }),
    ...verdictOf(outcome),
    decisions:
      isBodyMissing && reply === undefined
        ? [undecided(policy, { ...route, client, sent: undefined })]
        : outcome.decisions.flatMap(perSet).map((entry) => explained(policy, entry)),
    ...(reply === undefined ? {} : { status: reply.status }),
    ...(reply !== undefined && "title" in reply ? { detail: reply.detail } : {}),
    upstream: writes,
  };
}

function verdictOf({ reply, decisions }: OfflineAnswer): Pick<Explanation, "verdict" | "reason"> {
  if (reply === undefined) return { verdict: "undecided" };
  const denial = decisions.find(({ verdict }) => verdict === "deny");
  if (denial !== undefined)
    return { verdict: "deny", ...(denial.reason === undefined ? {} : { reason: denial.reason }) };
  return { verdict: decisions.length === 0 ? "invalid" : "allow" };
}

/** A write of several sets has one entry, with what it changes. */
function perSet(entry: AuditEntry): AuditEntry[] {
  return entry.changes === undefined ? [entry] : entry.changes.map((change) => ({ ...entry, ...change }));
}

function explained(policy: Policy, entry: AuditEntry): ExplainedDecision {
  const { zone, name, type, verdict = "deny", reason, grant } = entry;
  const request = judgedRequest(policy, entry);
  return {
    ...{ zone, name, type, verdict, reason, grant },
    grants: request === undefined ? [] : tracesOf(policy, request, (alone) => denialOf(decide(alone, request))),
  };
}

function undecided(policy: Policy, write: RequestedWrite): ExplainedDecision {
  const { zone, name, type } = write;
  return {
    zone,
    name,
    type,
    verdict: "undecided",
    grants: tracesOf(policy, write, (alone) => refuseUnread(alone, write)),
  };
}

type Judge = (policy: Policy) => DenyDecision | undefined;

/** Each grant as if it were the only one. */
function tracesOf(policy: Policy, { client, zone }: { client: string; zone: string }, judge: Judge): GrantTrace[] {
  const traces = policy.grantsIn(client, zone).map((grant): GrantTrace => {
    const denial = judge(new Policy([], [grant]));
    const { id, kind } = grant;
    return denial === undefined
      ? { grant: id, kind, verdict: "allow" }
      : { grant: id, kind, verdict: denial.reason.code, detail: denial.reason.detail };
  });
  const nearness = ({ verdict }: GrantTrace) => (verdict === "allow" ? Infinity : denyOrder.indexOf(verdict));
  return traces.sort((left, right) => nearness(right) - nearness(left));
}

function denialOf(decision: Decision): DenyDecision | undefined {
  return decision.verdict === "deny" ? decision : undefined;
}

/**
 * What was judged, from what is on record of it: the change, or one action where that alone decided. It is the one that
 * gives the very decision on record.
 */
function judgedRequest(policy: Policy, entry: AuditEntry): AccessRequest | undefined {
  const { client, zone, name, type, before, after } = entry;
  if (zone === undefined || name === undefined || type === undefined) return undefined;
  const place = { client, zone, name, type };
  const set = (value: RecordSet | null | undefined) => value ?? undefined;
  const change: AccessRequest = { ...place, kind: "change", current: set(before), wanted: set(after) };
  const single = actions.map((action): AccessRequest => ({ ...place, kind: "actions", actions: [action] }));
  const candidates = before === undefined && after === undefined ? single : [change, ...single];
  return candidates.find((candidate) => {
    const decision = decide(policy, candidate);
    return decision.verdict === "allow" ? decision.grant.id === entry.grant : decision.reason.code === entry.reason;
  });
}
