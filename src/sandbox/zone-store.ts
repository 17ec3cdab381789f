/**
 * The zones of the sandbox: Edge DNS (and Route 53) write them, the DNS server serves them. Every write makes a version
 * that is kept for a while, so that a server can still answer from the past, as real ones do until a change has reached
 * them. Rules of Edge DNS are not here but in edge-dns/.
 */
import { randomUUID } from "node:crypto";
import { canonicalRdata } from "../dns/canonical-rdata";
import { canonicalName, isWithinZone, type RecordSet } from "../dns/record-set";
import { zoneForName } from "../dns/zone-for-name";
import { systemClock, type Clock } from "../platform/clock";
import { AppError } from "../platform/errors";

/** A zone as it was from one write to the next. */
export interface ZoneVersion {
  readonly zone: string;
  readonly versionId: string;
  readonly serial: number;
  /** When the write was done, in milliseconds since 1970. */
  readonly writtenAt: number;
  readonly sets: ReadonlyMap<string, RecordSet>;
}

export interface ZoneWrite {
  /** Sets that are there afterwards as given. */
  readonly put?: readonly RecordSet[];
  readonly remove?: readonly { readonly name: string; readonly type: string }[];
}

const keptVersions = 1_000;

export class ZoneStore {
  private readonly versions = new Map<string, ZoneVersion[]>();

  constructor(private readonly clock: Clock = systemClock) {}

  /** Makes a zone with SOA, two name servers on loopback and these sets. */
  createZone(name: string, sets: readonly RecordSet[] = []): void {
    const zone = canonicalName(name);
    if (this.versions.has(zone)) throw new AppError("invalid_argument", `the sandbox already has a zone ${zone}`);
    const set = (owner: string, type: string, rdata: string[]): RecordSet => ({
      name: owner,
      type,
      ttlSeconds: 86_400,
      rdata,
    });
    const hosts = [`ns1.${zone}`, `ns2.${zone}`];
    const made = [
      set(zone, "SOA", [`ns1.${zone}. hostmaster.${zone}. 1 3600 600 604800 300`]),
      set(
        zone,
        "NS",
        hosts.map((host) => `${host}.`),
      ),
      ...hosts.map((host) => set(host, "A", ["127.0.0.1"])),
      ...sets,
    ].map(stored);
    this.versions.set(zone, [this.version(zone, 1, new Map(made.map((each) => [keyOf(each.name, each.type), each])))]);
  }

  /** As if it had never been; of no effect where there is no such zone. */
  removeZone(name: string): void {
    this.versions.delete(canonicalName(name));
  }

  /** Canonical names of all zones, sorted. */
  zones(): string[] {
    return [...this.versions.keys()].sort();
  }

  /** The zone that holds a name, if any. */
  zoneOf(name: string): string | undefined {
    return zoneForName(name, this.zones());
  }

  /** The zone as it is, or as it was `agoMs` milliseconds ago; undefined if there is no such zone. */
  zone(name: string, agoMs = 0): ZoneVersion | undefined {
    const versions = this.versions.get(canonicalName(name));
    const moment = this.clock.now().getTime() - agoMs;
    return versions?.findLast((version) => version.writtenAt <= moment) ?? versions?.[0];
  }

  recordSet(zone: string, name: string, type: string): RecordSet | undefined {
    return this.zone(zone)?.sets.get(keyOf(name, type));
  }

  /** Every set of a zone, sorted by name and type. */
  recordSets(zone: string): RecordSet[] {
    const sets = [...(this.zone(zone)?.sets.values() ?? [])];
    return sets.sort((left, right) => compare(left.name, right.name) || compare(left.type, right.type));
  }

  /** Does all changes as one write: a new version, the SOA serial one higher. Names must be in the zone. */
  write(zoneName: string, change: ZoneWrite): ZoneVersion {
    const zone = canonicalName(zoneName);
    const versions = this.versions.get(zone);
    const latest = versions?.at(-1);
    if (versions === undefined || latest === undefined)
      throw new AppError("invalid_argument", `the sandbox has no zone ${zone}`);
    const sets = new Map(latest.sets);
    for (const { name, type } of change.remove ?? []) sets.delete(keyOf(name, type));
    for (const set of (change.put ?? []).map(stored)) {
      if (!isWithinZone(set.name, zone)) throw new AppError("invalid_argument", `${set.name} is not in ${zone}`);
      sets.set(keyOf(set.name, set.type), set);
    }
    const serial = latest.serial + 1;
    const soa = sets.get(keyOf(zone, "SOA"));
    if (soa !== undefined)
      sets.set(keyOf(zone, "SOA"), { ...soa, rdata: soa.rdata.map((text) => withSerial(text, serial)) });
    const version = this.version(zone, serial, sets);
    versions.push(version);
    if (versions.length > keptVersions) versions.shift();
    return version;
  }

  private version(zone: string, serial: number, sets: ReadonlyMap<string, RecordSet>): ZoneVersion {
    return { zone, versionId: randomUUID(), serial, writtenAt: this.clock.now().getTime(), sets };
  }
}

function keyOf(name: string, type: string): string {
  return `${canonicalName(name)}/${type}`;
}

/** TXT keeps its text, all else is kept in canonical form. */
function stored(set: RecordSet): RecordSet {
  const rdata = set.type === "TXT" ? set.rdata : set.rdata.map((text) => canonicalRdata(set.type, text));
  return { ...set, name: canonicalName(set.name), rdata };
}

function withSerial(soa: string, serial: number): string {
  return soa
    .split(" ")
    .map((field, index) => (index === 2 ? String(serial) : field))
    .join(" ");
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
