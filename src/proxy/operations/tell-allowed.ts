import { parseRecordName, parseRecordType } from "../../dns/record-name";
import { AppError } from "../../platform/errors";
import type { Reply } from "../http/problem";
import type { Query } from "../http/route";
import { parseShortLivedToken } from "../identity/short-lived-token";
import { decide } from "../policy/decide";
import { actions, type Action, type Grant, type Policy } from "../policy/policy";
import { auditRead, type Call, type ProxyParts } from "./call";

/** What a client may do, in its own grants' words. */
interface GrantDocument {
  readonly zone: string;
  readonly allow: Grant["kind"];
  readonly names: readonly string[];
  /** The records themselves, as patterns. */
  readonly records: readonly string[];
  readonly types: readonly string[];
  readonly actions: readonly Action[];
  readonly values: string | null;
  readonly ttlSeconds: { readonly min: number; readonly max: number } | null;
  /** Whether writes are merged value by value. */
  readonly merge: boolean;
}

/**
 * Self-service: everything the client may do, or, with zone, name, type and action, whether it may do that. Several
 * actions are allowed if one grant covers them all. Programs ask before they begin something that would fail later (an
 * order at a CA counts against its limits).
 */
export async function tellAllowed(parts: ProxyParts, call: Call, query: Query): Promise<Reply> {
  await auditRead(parts, call, "allowed");
  const { client } = call.principal;
  if (Object.keys(query).length > 0) return { status: 200, body: answer(parts.policy, client, query) };
  const { expires, requestsPerMinute } = parts.policy.clients.find(({ name }) => name === client) ?? {};
  const ends = [expires, parseShortLivedToken(call.principal.token)?.expires].filter((each) => each !== undefined);
  const end = ends.length === 0 ? null : new Date(Math.min(...ends.map((each) => each.getTime()))).toISOString();
  const grants = parts.policy.grants.filter((grant) => grant.client === client).map(grantDocument);
  return { status: 200, body: { client, expires: end, requestsPerMinute, grants } };
}

function answer(policy: Policy, client: string, query: Query) {
  const { zone, name, type, action } = query;
  if (zone === undefined || name === undefined || type === undefined || action === undefined)
    throw new AppError("invalid_argument", "ask with zone, name, type and action, or with none of them");
  const asked = { zone: parseRecordName(zone), name: parseRecordName(name), type: parseRecordType(type) };
  const decision = decide(policy, { kind: "actions", client, ...asked, actions: parseActions(action) });
  return decision.verdict === "allow"
    ? { allowed: true, grant: grantDocument(decision.grant) }
    : { allowed: false, reason: decision.reason.code, detail: decision.reason.detail };
}

/** `create` or `create,delete`. */
function parseActions(text: string): Action[] {
  return text.split(",").map((word) => {
    const known = actions.find((each) => each === word);
    if (known === undefined)
      throw new AppError("invalid_argument", `action must be of ${actions.join(", ")}, with commas between several`);
    return known;
  });
}

function grantDocument(grant: Grant): GrantDocument {
  return {
    zone: grant.zone,
    allow: grant.kind,
    names: grant.names,
    records: grant.recordNames.map(({ source }) => source),
    types: grant.types,
    actions: grant.actions,
    values: grant.values?.source ?? null,
    ttlSeconds: grant.ttlSeconds ?? null,
    merge: grant.merge,
  };
}
