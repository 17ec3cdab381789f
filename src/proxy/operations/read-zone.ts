/** What a client may read of a zone it knows: itself, and of its record sets those with a right to read. */
import type { RecordSet } from "../../dns/record-set";
import { forbidden, recordSetNotFound, zoneNotFound, type Problem, type Reply } from "../http/problem";
import type { Query, RecordSetPath } from "../http/route";
import { grantsFor } from "../policy/policy";
import { auditRead, authorise, type Call, type ProxyParts } from "./call";
import { listPage } from "./list-page";
import { mayRead } from "./may-read";
import { recordSetDocument } from "./record-set-document";

const columns = { name: (set: RecordSet) => set.name, type: (set: RecordSet) => set.type };

export async function getZone(parts: ProxyParts, call: Call, zone: string): Promise<Reply | Problem> {
  await auditRead(parts, call, "get-zone", zone);
  const document = await parts.upstream.zone(zone, call.signal);
  return document === undefined ? zoneNotFound(zone) : { status: 200, body: document };
}

export async function readRecordSet(parts: ProxyParts, call: Call, path: RecordSetPath): Promise<Reply | Problem> {
  const { zone, name, type } = path;
  const request = { kind: "actions", client: call.principal.client, zone, name, type, actions: ["read"] } as const;
  const decision = await authorise(parts, call, "read-record-set", request);
  if (decision.verdict === "deny") return forbidden(decision.reason.detail);
  const set = await parts.upstream.recordSet(zone, name, type, call.signal);
  await noteShown(parts, call, path, set);
  return set === undefined ? recordSetNotFound(name, type) : { status: 200, body: recordSetDocument(set) };
}

export async function listRecordSets(parts: ProxyParts, call: Call, zone: string, query: Query): Promise<Reply> {
  await auditRead(parts, call, "list-record-sets", zone);
  const types = query.types?.toUpperCase().split(",");
  const readable = (await readableSets(parts, call, zone)).filter((set) => types?.includes(set.type) ?? true);
  const searched = (set: RecordSet) => [set.name, ...set.rdata];
  const { entries, metadata } = listPage(readable, query, { columns, searched });
  for (const set of entries) await noteShown(parts, call, { zone, name: set.name, type: set.type }, set);
  const known = [...new Set(readable.map((set) => set.type))];
  return {
    status: 200,
    body: { metadata: { zone, types: known, ...metadata }, recordsets: entries.map(recordSetDocument) },
  };
}

export async function listNames(parts: ProxyParts, call: Call, zone: string): Promise<Reply> {
  await auditRead(parts, call, "list-names", zone);
  const names = new Set((await readableSets(parts, call, zone)).map((set) => set.name));
  return { status: 200, body: { names: [...names].sort() } };
}

/** A name outside all grants has no types here, just like a name that does not exist. */
export async function listTypes(parts: ProxyParts, call: Call, zone: string, name: string): Promise<Reply> {
  await auditRead(parts, call, "list-types", zone, name);
  const { client } = call.principal;
  const granted = parts.policy.grantsAt(client, zone, name).flatMap((grant) => grant.types);
  const readable = [...new Set(granted)].filter((type) => mayRead(parts.policy, client, { zone, name, type }));
  const found = await Promise.all(
    readable.map(async (type) => ({ type, set: await parts.upstream.recordSet(zone, name, type, call.signal) })),
  );
  const types = found.filter(({ set }) => set !== undefined).map(({ type }) => type);
  return { status: 200, body: { types: types.sort() } };
}

async function readableSets(parts: ProxyParts, call: Call, zone: string): Promise<RecordSet[]> {
  const sets = await parts.upstream.recordSets(zone, call.signal);
  return sets.filter(({ name, type }) => mayRead(parts.policy, call.principal.client, { zone, name, type }));
}

/** Only merged writes ask what the client saw. On record before the answer: a write may follow at another replica. */
function noteShown({ policy, seen }: ProxyParts, call: Call, path: RecordSetPath, set: RecordSet | undefined) {
  const { client } = call.principal;
  if (grantsFor(policy, client, path.zone, path.name, path.type).some((grant) => grant.merge))
    return seen.saw({ client, ...path }, set, call.connection);
}
