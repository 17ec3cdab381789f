/**
 * What a client that sees a part of a zone means by a whole zone. What it cannot read does not exist for it; what it can
 * read and leaves out it deletes; what it sends as it stands is no change. Pure.
 */
import { isSameRecordSet } from "../../dns/record-set-algebra";
import type { RecordSet } from "../../dns/record-set";
import { AppError } from "../../platform/errors";
import type { NamedRecordSet } from "../http/record-set-body";
import type { Policy } from "../policy/policy";
import { mayRead } from "./may-read";
import { wantedSet, type RequestedWrite } from "./plan-write";

export interface ZoneChange {
  readonly write: RequestedWrite;
  /** What stands. */
  readonly current: RecordSet | undefined;
}

/** In the order in which they can be made. `standing` is the whole zone. Errors: `invalid_argument`. */
export function zoneChanges(
  policy: Policy,
  place: { readonly client: string; readonly zone: string },
  standing: readonly RecordSet[],
  sent: readonly NamedRecordSet[],
): ZoneChange[] {
  const { client, zone } = place;
  const readable = ({ name, type }: RecordSet) => mayRead(policy, client, { zone, name, type });
  const stands = new Map(standing.map((set) => [keyOf(set), set]));
  const wanted = sent.flatMap(({ name, type, ttlSeconds, rdata }): ZoneChange[] => {
    const current = stands.get(keyOf({ name, type }));
    const isVisible = current !== undefined && readable(current);
    const operation = isVisible ? "replace-record-set" : "create-record-set";
    const write: RequestedWrite = { ...place, name, type, operation, sent: { ttlSeconds, rdata } };
    return isVisible && isAsItStands(write, current) ? [] : [{ write, current }];
  });
  const named = new Set(sent.map(keyOf));
  const leftOut = standing.filter((set) => !named.has(keyOf(set)) && readable(set));
  const pillar = leftOut.find(({ name, type }) => name === zone && (type === "SOA" || type === "NS"));
  if (pillar !== undefined)
    throw new AppError("invalid_argument", `the ${pillar.type} of ${zone} is left out: a zone must have one`, {
      hint: "send it as it was read",
    });
  const deleted = leftOut.map((current): ZoneChange => {
    const { name, type } = current;
    return { write: { ...place, name, type, operation: "delete-record-set", sent: undefined }, current };
  });
  return inOrder([...wanted, ...deleted]);
}

function keyOf({ name, type }: { readonly name: string; readonly type: string }): string {
  return `${name} ${type}`;
}

/** The serial of a zone is Edge DNS's own: it counts by itself, and clients that write whole zones count it, too. */
function isAsItStands(write: RequestedWrite, current: RecordSet): boolean {
  const wanted = wantedSet(write, current.rdata);
  if (wanted === undefined) return false;
  return write.type === "SOA"
    ? isSameRecordSet(withoutSerial(wanted), withoutSerial(current))
    : isSameRecordSet(wanted, current);
}

function withoutSerial(soa: RecordSet): RecordSet {
  return { ...soa, rdata: soa.rdata.map((text) => text.replace(/^(\S+\s+\S+\s+)\d+/, "$10")) };
}

/**
 * SOA first, since every other change raises its serial; then what must go before a CNAME can come or go at its name;
 * other deletions last, so that a name is not without what replaces it longer than it must.
 */
function inOrder(changes: readonly ZoneChange[]): ZoneChange[] {
  const created = new Set(
    changes.filter(({ write }) => write.operation === "create-record-set").map(({ write }) => write.name),
  );
  const rank = ({ write }: ZoneChange) => {
    if (write.type === "SOA") return 0;
    if (write.operation !== "delete-record-set") return 2;
    return created.has(write.name) ? 1 : 3;
  };
  return [...changes].sort((left, right) => rank(left) - rank(right));
}

/** A name that would have a CNAME and something else (RFC 1034 3.6.2); undefined if there is none. */
export function collidingName(standing: readonly RecordSet[], changes: readonly ZoneChange[]): string | undefined {
  const created = changes.filter(({ write }) => write.operation === "create-record-set").map(({ write }) => write);
  const deleted = new Set(changes.filter(({ write }) => write.sent === undefined).map(({ write }) => keyOf(write)));
  const typesAt = new Map<string, Set<string>>(created.map(({ name }) => [name, new Set()]));
  for (const set of [...standing.filter((each) => !deleted.has(keyOf(each))), ...created])
    typesAt.get(set.name)?.add(set.type);
  return created.find(({ name }) => {
    const types = typesAt.get(name);
    return types !== undefined && types.has("CNAME") && types.size > 1;
  })?.name;
}
