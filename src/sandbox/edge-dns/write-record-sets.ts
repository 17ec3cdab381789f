/**
 * POST and PUT on `/recordsets`. POST makes all sets or, if any is there, none; PUT makes them the whole zone. Sources:
 * Edge DNS API v2, "Create record sets" and "Replace record sets"; Akamai's PowerShell module (`New-` and
 * `Set-EDNSRecordSet`: a failure of one fails all, the serial of the SOA must be increased); cli-dns README for the
 * words about a missing SOA.
 */
import { canonicalName, type RecordSet } from "../../dns/record-set";
import { messageOf } from "../../platform/errors";
import type { ZoneWrite } from "../zone-store";
import { readRecordSetBody } from "./read-record-set-body";
import { dnsProblem, type Reply } from "./reply";

export type RecordSetsWrite = { readonly write: ZoneWrite } | { readonly refusal: Reply };

interface Request {
  readonly method: string;
  readonly zone: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** What a request would do to a zone as it stands. */
export function readRecordSetsWrite(request: Request, standing: readonly RecordSet[]): RecordSetsWrite {
  const { method, zone } = request;
  const sets = readSets(request);
  if (!Array.isArray(sets)) return sets;
  const find = (among: readonly RecordSet[], { name, type }: RecordSet) =>
    among.find((set) => set.name === name && set.type === type);
  const refuse = (refusal: Reply): RecordSetsWrite => ({ refusal });
  const repeated = sets.find((set) => find(sets, set) !== set);
  if (repeated !== undefined) return refuse(dnsProblem.badRequest(`${repeated.name} ${repeated.type} is there twice`));
  const isReplacement = method === "PUT";
  if (!isReplacement) {
    const duplicate = sets.find((set) => find(standing, set));
    if (duplicate !== undefined) return refuse(dnsProblem.duplicateRecordSet(duplicate.name, duplicate.type));
  }
  const after = isReplacement ? sets : [...standing, ...sets];
  const collision = sets.find((set) => after.some((other) => collides(set, other)));
  if (collision !== undefined) return refuse(dnsProblem.cnameCollision(collision.name));
  if (isReplacement) {
    const missing = ["SOA", "NS"].find((type) => !sets.some((set) => set.name === zone && set.type === type));
    if (missing !== undefined)
      return refuse(dnsProblem.invalidZone(zone, `${missing} record set is required for zone ${zone}`));
    if (serialOf(sets) <= serialOf(standing))
      return refuse(dnsProblem.invalidZone(zone, "SOA serial number must be incremented"));
  }
  return { write: { put: sets, remove: isReplacement ? standing.filter((set) => !find(sets, set)) : [] } };
}

function readSets({ zone, contentType, body }: Request): RecordSet[] | { readonly refusal: Reply } {
  let entries: unknown;
  try {
    entries = (Object(JSON.parse(body)) as { recordsets?: unknown }).recordsets;
  } catch (error) {
    return { refusal: dnsProblem.badRequest(messageOf(error)) };
  }
  if (!Array.isArray(entries) || entries.length === 0)
    return { refusal: dnsProblem.badRequest("recordsets must be a list with at least one record set") };
  const sets: RecordSet[] = [];
  for (const entry of entries as unknown[]) {
    const { name, type } = Object(entry) as Readonly<Record<string, unknown>>;
    const place = { zone, name: canonicalName(textOf(name)), type: textOf(type).toUpperCase() };
    const read = readRecordSetBody(JSON.stringify(entry), contentType, place);
    if ("refusal" in read) return read;
    sets.push(read.set);
  }
  return sets;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function collides(left: RecordSet, right: RecordSet): boolean {
  return left.name === right.name && left.type !== right.type && (left.type === "CNAME" || right.type === "CNAME");
}

function serialOf(sets: readonly RecordSet[]): number {
  return Number(sets.find(({ type }) => type === "SOA")?.rdata[0]?.split(" ")[2] ?? 0);
}
