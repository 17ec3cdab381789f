/**
 * The server's own way from a request to its answer, with a zone in memory in place of Edge DNS and without a signature.
 * Nothing is decided here, so that what it tells cannot differ from what the proxy does.
 */
import { systemClock } from "../../platform/clock";
import { SharedDeadline } from "../../platform/deadline";
import { silentLogger } from "../../platform/log";
import type { RecordSet } from "../../dns/record-set";
import type { AuditEntry } from "../audit";
import { localCoordination } from "../coordination/local-coordination";
import { answer } from "../http/answer";
import { forbidden, type Problem, type Reply } from "../http/problem";
import type { RecordSetPath, RecordSetWrite } from "../http/route";
import { SeenRecordSets } from "../merge/seen-record-sets";
import type { ProxyParts } from "../operations/call";
import { refuseUnread } from "../operations/plan-write";
import type { Policy } from "../policy/policy";
import { ZoneWriters } from "../zone-writers";
import { StandingZone, type UpstreamWrite } from "./standing-zone";

/** One request of a client that has proved to be it. */
export interface Question {
  readonly client: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Undefined where it is not known. */
  readonly body?: Uint8Array;
  /** What stands upstream; the client has read of it what it may. */
  readonly standing: readonly RecordSet[];
}

export interface OfflineAnswer {
  /** Undefined if it depends on the body, which is not known. */
  readonly reply: Reply | Problem | undefined;
  /** What the audit trail would have of the decisions. */
  readonly decisions: readonly AuditEntry[];
  /** What would be sent to Edge DNS, in this order. */
  readonly writes: readonly UpstreamWrite[];
}

/** Its only timers are deadlines that nothing here can reach. */
export async function answerOffline(policy: Policy, question: Question): Promise<OfflineAnswer> {
  const upstream = new StandingZone(policy.zonesOf(question.client), question.standing);
  const entries: AuditEntry[] = [];
  const coordination = localCoordination(systemClock);
  const parts: ProxyParts = {
    policy,
    upstream,
    coordination,
    writers: new ZoneWriters({}, coordination.zones),
    seen: new SeenRecordSets(coordination.memories),
    audit: { write: async (entry) => void entries.push(entry) },
    logger: silentLogger,
    clock: systemClock,
    writeRetryPolicy: { attempts: 1, firstDelayMs: 0, maxDelayMs: 0 },
    readDeadline: new SharedDeadline(60_000),
  };
  const zone = /^\/config-dns\/v2\/zones\/[^/?]+/.exec(question.target)?.[0];
  // clients read before they write, and merging builds on that
  if (question.method !== "GET" && zone !== undefined)
    await ask(parts, { ...question, method: "GET", target: `${zone}/recordsets?showAll=true`, body: undefined });
  entries.length = 0;
  const reply = await ask(parts, question);
  return { reply, decisions: entries.filter(({ event }) => event === "decision"), writes: upstream.writes };
}

/** What can be told of a POST or PUT whose body is not known: the server judges that much before it reads the set. */
export async function answerWithoutBody(
  policy: Policy,
  question: Question,
  route: RecordSetPath & { readonly operation: RecordSetWrite },
): Promise<OfflineAnswer> {
  const { client } = question;
  const { operation, zone, name, type } = route;
  const known = await answerOffline(policy, { ...question, method: "GET", target: `/config-dns/v2/zones/${zone}` });
  if (known.reply !== undefined && "title" in known.reply) return known;
  const refusal = refuseUnread(policy, { ...route, client, sent: undefined });
  if (refusal === undefined) return { reply: undefined, decisions: [], writes: [] };
  const { code: reason, detail } = refusal.reason;
  const decision: AuditEntry = {
    ...nobody,
    event: "decision",
    client,
    operation,
    zone,
    name,
    type,
    verdict: "deny",
    reason,
  };
  return { reply: forbidden(detail), decisions: [decision], writes: [] };
}

/** Nobody has signed. */
const nobody = { requestId: "", token: "", remoteAddress: "" };

async function ask(parts: ProxyParts, { client, method, target, body }: Question): Promise<Reply | Problem> {
  const rate = { allowed: true, limit: 1, remaining: 1, next: parts.clock.now() };
  const authenticator = {
    authenticate: async () => ({ kind: "principal", principal: { client, token: "" }, rate }) as const,
  };
  const request = {
    method,
    target,
    host: "",
    authorization: undefined,
    body: body ?? new Uint8Array(),
    remoteAddress: "",
  };
  const { reply } = await answer(parts, authenticator, { ...request, connection: "1" });
  return reply;
}
