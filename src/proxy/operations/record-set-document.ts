import type { RecordSet } from "../../dns/record-set";

/** A record set as Edge DNS writes it. */
export interface RecordSetDocument {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly rdata: readonly string[];
}

export function recordSetDocument({ name, type, ttlSeconds, rdata }: RecordSet): RecordSetDocument {
  return { name, type, ttl: ttlSeconds, rdata };
}
