import type { ContractAuthorities } from "../../akamai/edge-dns-messages";
import type { RecordSet } from "../../dns/record-set";

/** A zone as Edge DNS describes it, without secrets: only fields clients are known to read. */
export type ZoneDocument = Readonly<Record<string, unknown>> & { readonly zone: string };

/**
 * Edge DNS as the proxy uses it. Reads repeat what is worth repeating. Writes MUST be sent once and MUST NOT be repeated
 * inside: who writes reads again before each try. Errors: `edge_dns_busy` (zone lock, rate limit), `edge_dns_denied`,
 * `dns_conflict`, `edge_dns_problem` with the upstream problem in its facts, `network`, `timeout`, `aborted`.
 */
export interface Upstream {
  /** Whether the standby credentials are in use; undefined where there are none. */
  readonly usesStandby?: () => boolean | undefined;
  /** Asks once for as little as can be asked for. Errors: `edge_dns_denied` if the credentials are not accepted. */
  check(signal: AbortSignal): Promise<void>;
  zone(zone: string, signal: AbortSignal): Promise<ZoneDocument | undefined>;
  zones(signal: AbortSignal): Promise<ZoneDocument[]>;
  /** Which name servers the zones of each contract have. */
  authorities(contractIds: readonly string[], signal: AbortSignal): Promise<ContractAuthorities[]>;
  recordSets(zone: string, signal: AbortSignal): Promise<RecordSet[]>;
  recordSet(zone: string, name: string, type: string, signal: AbortSignal): Promise<RecordSet | undefined>;
  /** One try of a read, for callers that repeat by themselves. */
  recordSetOnce(zone: string, name: string, type: string, signal: AbortSignal): Promise<RecordSet | undefined>;
  create(zone: string, set: RecordSet, signal: AbortSignal): Promise<void>;
  /** All of them or, if any is there, none (409). */
  createAll(zone: string, sets: readonly RecordSet[], signal: AbortSignal): Promise<void>;
  replace(zone: string, set: RecordSet, signal: AbortSignal): Promise<void>;
  delete(zone: string, name: string, type: string, signal: AbortSignal): Promise<void>;
}
