import type { RecordSet } from "../../dns/record-set";
import type { Base } from "../merge/client-memory";
import type { Call, ProxyParts } from "./call";
import { isMerged, wantedSet, type RequestedWrite } from "./plan-write";

/** What a client built a write on. */
export interface WriteBase {
  /** Undefined is an absent set. */
  readonly set: RecordSet | undefined;
  /** Texts the client may have read of the set. */
  readonly known: readonly string[];
  /** The answer that it was built on counts for no other write once this one is done. */
  readonly view?: Base["view"];
}

/** Asked for once for each write, of the set as it is then. A POST builds on nothing: it adds. */
export async function writeBase(
  { seen, policy }: ProxyParts,
  { connection }: Call,
  write: RequestedWrite,
  current: RecordSet | undefined,
): Promise<WriteBase> {
  if (!isMerged(policy, write)) return { set: current, known: [] };
  const known = await seen.shown(write);
  const wanted = wantedSet(write, [...(current?.rdata ?? []), ...known]);
  const { set, view } = await seen.base(write, { wanted, current, connection });
  return { set: write.operation === "create-record-set" ? undefined : set, known, view };
}
