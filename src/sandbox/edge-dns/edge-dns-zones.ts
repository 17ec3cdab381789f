/** The operations of Edge DNS on the zone store, for one user each. No HTTP, no signatures, no chance. */
import { canonicalName, type RecordSet } from "../../dns/record-set";
import type { Clock } from "../../platform/clock";
import type { ZoneStore, ZoneVersion } from "../zone-store";
import type { EdgeDnsRoute } from "./parse-edge-dns-route";
import { pageOf } from "./page-of";
import { readRecordSetBody } from "./read-record-set-body";
import { authentication, dnsProblem, recordSetJson, type Reply } from "./reply";
import { readRecordSetsWrite } from "./write-record-sets";

export interface EdgeDnsUser {
  readonly name: string;
  /** Zones this user's group may read and write. @default all */
  readonly zones?: readonly string[];
}

export interface Call {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly contentType: string | undefined;
  readonly body: string;
  readonly user: EdgeDnsUser;
}

export interface EdgeDnsZonesOptions {
  readonly store: ZoneStore;
  readonly clock: Clock;
  readonly contractId: string;
  /** Both are asked for at each call: tests change them while the server runs. */
  readonly activationDelayMs: () => number;
  readonly maxPageSize: () => number;
  /** Resolves when the write may be applied; the zone is locked until then. */
  readonly holdZone: () => Promise<void>;
}

type SetRoute = Extract<EdgeDnsRoute, { kind: "recordset" }>;

export class EdgeDnsZones {
  private readonly locked = new Set<string>();

  constructor(private readonly options: EdgeDnsZonesOptions) {}

  async handle(route: EdgeDnsRoute, call: Call): Promise<Reply> {
    if (route.kind === "other" || isZoneWrite(route, call.method)) return authentication.noGrant();
    if (route.kind === "authorities") return this.listAuthorities(call);
    if (route.kind === "zones")
      return call.method === "GET" ? this.listZones(call) : dnsProblem.illegalMethod(call.method);
    const zone = this.options.store.zone(route.zone);
    if (zone === undefined) return dnsProblem.zoneNotFound(route.zone);
    if (!mayUse(call.user, zone.zone)) return dnsProblem.forbidden();
    if (call.method !== "GET" && route.kind === "recordset")
      return this.inLockedZone(zone.zone, () => this.apply(route, call));
    if (call.method !== "GET" && route.kind === "recordsets")
      return this.inLockedZone(zone.zone, () => this.applyMany(zone.zone, call));
    if (call.method !== "GET") return dnsProblem.illegalMethod(call.method);
    switch (route.kind) {
      case "zone":
        return { status: 200, body: this.zoneJson(zone, call.user) };
      case "recordsets":
        return this.listRecordSets(zone, call);
      case "names":
        return { status: 200, body: { names: [...new Set(this.sets(zone).map(({ name }) => name))] } };
      case "types": {
        const types = this.sets(zone).filter(({ name }) => name === route.name);
        return { status: 200, body: { types: types.map(({ type }) => type) } };
      }
      case "recordset": {
        const set = this.options.store.recordSet(zone.zone, route.name, route.type);
        if (set === undefined) return dnsProblem.recordSetNotFound(route.name, route.type);
        return { status: 200, body: recordSetJson(set) };
      }
    }
  }

  /** Somebody else's change that takes its time: writes to the zone are refused until it is over. */
  lock(zone: string): () => void {
    this.locked.add(zone);
    return () => void this.locked.delete(zone);
  }

  /** A write locks its zone; any other write to the zone is refused meanwhile (dns-aid-core issue 202). */
  private async inLockedZone(zone: string, apply: () => Reply): Promise<Reply> {
    if (this.locked.has(zone)) return dnsProblem.concurrentZoneModification(zone);
    this.locked.add(zone);
    try {
      await this.options.holdZone();
      return apply();
    } finally {
      this.locked.delete(zone);
    }
  }

  private applyMany(zone: string, { method, contentType, body }: Call): Reply {
    if (!["POST", "PUT"].includes(method)) return dnsProblem.illegalMethod(method);
    const { store } = this.options;
    const read = readRecordSetsWrite({ method, zone, contentType, body }, store.recordSets(zone));
    if ("refusal" in read) return read.refusal;
    store.write(zone, read.write);
    return { status: 204 };
  }

  private apply(route: SetRoute, call: Call): Reply {
    const { store } = this.options;
    if (!["POST", "PUT", "DELETE"].includes(call.method)) return dnsProblem.illegalMethod(call.method);
    const { zone, name, type } = route;
    const current = store.recordSet(zone, name, type);
    if (type === "SOA") return dnsProblem.badRequest("SOA serial number must be incremented");
    if (call.method === "DELETE") {
      if (current === undefined) return dnsProblem.recordSetNotFound(name, type);
      if (type === "NS" && name === zone)
        return dnsProblem.badRequest("the name servers of the zone cannot be deleted");
      store.write(zone, { remove: [{ name, type }] });
      return { status: 204 };
    }
    const read = readRecordSetBody(call.body, call.contentType, route);
    if ("refusal" in read) return read.refusal;
    if (call.method === "POST" && current !== undefined) return dnsProblem.duplicateRecordSet(name, type);
    if (call.method === "PUT" && current === undefined) return dnsProblem.recordSetAbsent(name, type);
    if (this.collides(zone, read.set)) return dnsProblem.cnameCollision(name);
    store.write(zone, { put: [read.set] });
    const body = recordSetJson(read.set);
    if (call.method === "PUT") return { status: 200, body };
    const location = `/config-dns/v2/zones/${zone}/names/${encodeURIComponent(name)}/types/${type}`;
    return { status: 201, body, headers: { location } };
  }

  /** A CNAME is alone at its name (RFC 1034 3.6.2). */
  private collides(zone: string, set: RecordSet): boolean {
    return this.options.store
      .recordSets(zone)
      .some(({ name, type }) => name === set.name && type !== set.type && (type === "CNAME" || set.type === "CNAME"));
  }

  private sets({ zone }: ZoneVersion): RecordSet[] {
    return this.options.store.recordSets(zone);
  }

  private listZones({ query, user }: Call): Reply {
    const search = query.get("search")?.toLowerCase() ?? "";
    const types = query.get("types")?.toUpperCase().split(",") ?? ["PRIMARY"];
    const zones = this.options.store
      .zones()
      .filter((zone) => mayUse(user, zone) && zone.includes(search) && types.includes("PRIMARY"))
      .flatMap((name) => this.options.store.zone(name) ?? []);
    const { entries, metadata } = pageOf(zones, query, this.options.maxPageSize());
    return {
      status: 200,
      body: {
        metadata: { contractIds: [this.options.contractId], ...metadata },
        zones: entries.map((zone) => this.zoneJson(zone, user)),
      },
    };
  }

  /** One contract has all zones here. The names are for reading only: the zones' own are on loopback. */
  private listAuthorities({ query }: Call): Reply {
    const { contractId } = this.options;
    const isAsked = query.get("contractIds")?.split(",").includes(contractId) ?? true;
    const authorities = ["a1-1.akam.example.", "a2-2.akam.example."];
    return { status: 200, body: { contracts: isAsked ? [{ contractId, authorities }] : [] } };
  }

  /** `search` matches names and rdata (Edge DNS API v2, "List record sets"). */
  private listRecordSets(zone: ZoneVersion, { query }: Call): Reply {
    const types = query.get("types")?.toUpperCase().split(",");
    const search = query.get("search") ?? "";
    const sets = this.sets(zone).filter(
      (set) => (types?.includes(set.type) ?? true) && [set.name, ...set.rdata].some((text) => text.includes(search)),
    );
    const { entries, metadata } = pageOf(sets, query, this.options.maxPageSize());
    return {
      status: 200,
      body: {
        metadata: { zone: zone.zone, ...(types === undefined ? {} : { types }), ...metadata },
        recordsets: entries.map(recordSetJson),
      },
    };
  }

  /** ACTIVE becomes PENDING with a write, until the change has reached the name servers. */
  private zoneJson(zone: ZoneVersion, user: EdgeDnsUser): Readonly<Record<string, unknown>> {
    const written = new Date(zone.writtenAt).toISOString();
    const isPending = this.options.clock.now().getTime() - zone.writtenAt < this.options.activationDelayMs();
    return {
      contractId: this.options.contractId,
      zone: zone.zone,
      type: "PRIMARY",
      aliasCount: 0,
      signAndServe: false,
      versionId: zone.versionId,
      lastModifiedDate: written,
      lastModifiedBy: user.name,
      lastActivationDate: written,
      activationState: isPending && zone.serial > 1 ? "PENDING" : "ACTIVE",
    };
  }
}

/** Creating and changing zones needs grants that record tooling has no use for. */
function isZoneWrite({ kind }: EdgeDnsRoute, method: string): boolean {
  return ["zones", "zone"].includes(kind) && ["POST", "PUT"].includes(method);
}

function mayUse(user: EdgeDnsUser, zone: string): boolean {
  return user.zones === undefined || user.zones.map(canonicalName).includes(zone);
}
