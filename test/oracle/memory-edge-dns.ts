/** Edge DNS in memory, behind the interface the proxy uses; it keeps what was asked of it. */
import type { RecordSet } from "../../src/dns/record-set";
import { AppError } from "../../src/platform/errors";
import type { Upstream } from "../../src/proxy/upstream/upstream";
import { placeOf, type StandingSet, type ZoneState } from "./model";

export interface UpstreamWrite {
  readonly verb: "create" | "replace" | "delete";
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  readonly set?: RecordSet;
}

export class MemoryEdgeDns {
  /** Zones asked about, in any way; empty for questions about all. */
  readonly asked: string[] = [];
  readonly writes: UpstreamWrite[] = [];

  constructor(readonly zones: ReadonlyMap<string, ZoneState>) {}

  readonly upstream: Upstream = {
    check: async () => undefined,
    authorities: async () => [],
    zone: async (zone) => (this.ask(zone) === undefined ? undefined : { zone, type: "PRIMARY" }),
    zones: async () => {
      this.asked.push("");
      return [...this.zones.keys()].map((zone) => ({ zone, type: "PRIMARY" }));
    },
    recordSets: async (zone) => [...(this.ask(zone)?.values() ?? [])].map(recordSet),
    recordSet: async (zone, name, type) => this.read(zone, name, type),
    recordSetOnce: async (zone, name, type) => this.read(zone, name, type),
    create: async (zone, set) => this.put("create", zone, set),
    replace: async (zone, set) => this.put("replace", zone, set),
    createAll: async (zone, sets) => {
      for (const set of sets) this.put("create", zone, set);
    },
    delete: async (zone, name, type) => {
      const state = this.ask(zone);
      this.writes.push({ verb: "delete", zone, name, type });
      if (state?.delete(placeOf(name, type)) !== true) throw new AppError("edge_dns_problem", "nothing to delete");
    },
  };

  private ask(zone: string): ZoneState | undefined {
    this.asked.push(zone);
    return this.zones.get(zone);
  }

  private read(zone: string, name: string, type: string): RecordSet | undefined {
    const set = this.ask(zone)?.get(placeOf(name, type));
    return set && recordSet(set);
  }

  private put(verb: "create" | "replace", zone: string, set: RecordSet): void {
    const { name, type, ttlSeconds: ttl, rdata: texts } = set;
    const state = this.ask(zone);
    this.writes.push({ verb, zone, name, type, set });
    if (state?.has(placeOf(name, type)) !== (verb === "replace")) throw new AppError("dns_conflict", `cannot ${verb}`);
    state.set(placeOf(name, type), { name, type, ttl, texts });
  }
}

function recordSet({ name, type, ttl, texts }: StandingSet): RecordSet {
  return { name, type, ttlSeconds: ttl, rdata: texts };
}
