import type { RecordSet } from "../../dns/record-set";
import type { Call, ProxyParts } from "./call";
import { isMerged, wantedSet, type RequestedWrite } from "./plan-write";

/** What a client built a write on. */
export interface WriteBase {
  /** Undefined is an absent set. */
  readonly set: RecordSet | undefined;
  /** Texts the client may have read of the set. */
  readonly known: readonly string[];
}

/** Used up by this call: ask once for each write. A POST builds on nothing: it adds. */
export async function takeWriteBase(
  { seen, policy }: ProxyParts,
  { connection }: Call,
  write: RequestedWrite,
  current: RecordSet | undefined,
): Promise<WriteBase> {
  if (!isMerged(policy, write)) return { set: current, known: [] };
  const known = await seen.shown(write);
  const wanted = wantedSet(write, [...(current?.rdata ?? []), ...known]);
  if (wanted === undefined) return { set: await seen.takeShown(write, current, connection), known };
  const base = await seen.takeBase(write, wanted, current, connection);
  return { set: write.operation === "create-record-set" ? undefined : base, known };
}
