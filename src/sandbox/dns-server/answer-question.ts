/** What an authoritative server answers, as a function of the zones: no sockets here. */
import type { Answer, Question } from "dns-packet";
import { canonicalName, isWithinZone, type RecordSet } from "../../dns/record-set";
import type { ZoneVersion } from "../zone-store";
import { rdataToWire } from "./rdata-to-wire";

/** Response codes (RFC 1035 4.1.1). */
export const rcode = {
  noError: 0,
  formatError: 1,
  serverFailure: 2,
  nameError: 3,
  notImplemented: 4,
  refused: 5,
} as const;

export interface DnsAnswer {
  readonly rcode: number;
  readonly authoritative: boolean;
  readonly answers: readonly Answer[];
  readonly authorities: readonly Answer[];
}

/** The zones as this server sees them at this moment. */
export interface ZoneView {
  /** The zone that holds a name. */
  zoneFor(name: string): ZoneVersion | undefined;
  /** Names of all zones. */
  readonly zones: readonly string[];
}

/** As many as RFC 1034 3.6.2 lets a careful resolver follow before it suspects a loop. */
const maxAliases = 8;

/**
 * Answers one question: the set asked for, a CNAME and what it leads to within our zones, or the SOA that says that
 * there is none (RFC 1034 4.3.2, RFC 2308). The sandbox is a world of its own, so a name outside all zones does not
 * exist, rather than being refused.
 */
export function answerQuestion(question: Question, view: ZoneView): DnsAnswer {
  const answers: Answer[] = [];
  let owner = question.name;
  for (let aliases = 0; ; aliases++) {
    const name = canonicalName(owner);
    const zone = view.zoneFor(name);
    if (zone === undefined) {
      if (answers.length > 0) return { rcode: rcode.noError, authoritative: true, answers, authorities: [] };
      return {
        rcode: existsAbove(name, view) ? rcode.noError : rcode.nameError,
        authoritative: true,
        answers,
        authorities: [rootSoa],
      };
    }
    const found = setsAt(zone, name);
    const wanted = found.sets.find((set) => set.type === question.type);
    if (wanted !== undefined) {
      const records = recordsOf(wanted, owner);
      if (records === undefined)
        return { rcode: rcode.notImplemented, authoritative: true, answers: [], authorities: [] };
      return { rcode: rcode.noError, authoritative: true, answers: [...answers, ...records], authorities: [] };
    }
    const alias = found.sets.find((set) => set.type === "CNAME");
    if (alias === undefined || aliases === maxAliases)
      return {
        rcode: found.exists ? rcode.noError : rcode.nameError,
        authoritative: true,
        answers,
        authorities: soaOf(zone),
      };
    answers.push(...(recordsOf(alias, owner) ?? []));
    owner = alias.rdata[0] ?? "";
  }
}

/** The sets of a name, or those of the wildcard that stands for it (RFC 4592 3.3.1). */
function setsAt(zone: ZoneVersion, name: string): { readonly exists: boolean; readonly sets: readonly RecordSet[] } {
  const all = [...zone.sets.values()];
  const exists = (owner: string) => all.some((set) => isWithinZone(set.name, owner));
  const at = (owner: string) => all.filter((set) => set.name === owner);
  if (exists(name)) return { exists: true, sets: at(name) };
  let encloser = name;
  while (!exists(encloser) && encloser.includes(".")) encloser = encloser.slice(encloser.indexOf(".") + 1);
  const sets = at(`*.${encloser}`);
  return { exists: sets.length > 0, sets };
}

function existsAbove(name: string, view: ZoneView): boolean {
  return name === "" || view.zones.some((zone) => isWithinZone(zone, name));
}

/** Under the owner name as it was asked for, letter case included; undefined for a type we cannot put on the wire. */
function recordsOf(set: RecordSet, owner: string): Answer[] | undefined {
  const records: Answer[] = [];
  for (const text of set.rdata) {
    const data = rdataToWire(set.type, text);
    if (data === undefined) return undefined;
    records.push({ ...data, name: owner.replace(/\.$/, ""), ttl: set.ttlSeconds } as Answer);
  }
  return records;
}

function soaOf(zone: ZoneVersion): Answer[] {
  const soa = zone.sets.get(`${zone.zone}/SOA`);
  return soa === undefined ? [] : (recordsOf(soa, zone.zone) ?? []);
}

const rootSoa: Answer = {
  type: "SOA",
  name: ".",
  ttl: 300,
  data: {
    mname: "sandbox.invalid",
    rname: "nobody.invalid",
    serial: 1,
    refresh: 3600,
    retry: 600,
    expire: 604_800,
    minimum: 300,
  },
};
