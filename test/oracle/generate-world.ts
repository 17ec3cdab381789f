/** Random policies and zones from a small stock of names and values, so that grants, records and requests meet. */
import type { Dice } from "./dice";
import { placeOf, rights, type GrantEntry, type StandingSet, type ZoneState } from "./model";

export const clients = ["web", "lab"] as const;
export const zoneNames = ["example.test", "sub.example.test", "other.test"] as const;
export const types = ["TXT", "A", "CNAME", "MX"] as const;

const hash = (digit: string) => `_${digit.repeat(32)}`;
const hosts = ["", "app", "www", "a.lab", "b.a.lab", "*.app", "*.lab", "evil"];

/** Names a record may have, in any zone. */
export const owners = [...hosts, "_acme-challenge", "_acme-challenge.app", "_acme-challenge.www", `${hash("a")}.app`];

export const stock: Readonly<Record<string, readonly string[]>> = {
  TXT: [
    ...["A", "b", "-", "9"].map((char) => `"${char.repeat(43)}"`),
    ...[
      '"own-1"',
      '"own-2"',
      '"own-" "3"',
      '"v=spf1; a \\"b\\" c"',
      '"back\\\\slash"',
      '"\\195\\188ber"',
      '"two" "strings here"',
    ],
  ],
  A: ["10.0.0.1", "10.0.0.2", "10.1.2.3", "192.0.2.1", "192.0.2.110"],
  CNAME: [
    ...["b", "c"].map((digit) => `${hash(digit)}.xyz.acm-validations.aws.`),
    ...["app.example.test.", "elsewhere.test."],
  ],
  MX: ["10 mail.example.test.", "20 mail.example.test."],
};

export const ttls = [0, 30, 60, 120, 3600];

export function nameIn(owner: string, zone: string): string {
  return owner === "" ? zone : `${owner}.${zone}`;
}

export function randomGrants(dice: Dice): GrantEntry[] {
  return Array.from({ length: 1 + dice.below(5) }, () => randomGrant(dice));
}

function randomGrant(dice: Dice): GrantEntry {
  const client = dice.chance(0.8) ? "web" : "lab";
  const zone = dice.chance(0.7) ? "example.test" : dice.pick(zoneNames);
  const common = {
    client,
    zone: dice.chance(0.1) ? `${zone.toUpperCase()}.` : zone,
    ...(dice.chance(0.3) ? { ttlSeconds: dice.pick([{ min: 30 }, { max: 120 }, { min: 60, max: 3600 }]) } : {}),
    ...(dice.chance(0.5) ? { merge: dice.chance(0.5) } : {}),
  };
  const allow = dice.pick(["acme-challenge", "acm-validation", undefined, undefined, undefined] as const);
  const anyActions = dice.some(rights, 1);
  if (allow !== undefined) {
    const names = dice.some(["app", "www", "", "*.app", "a.lab"], 1).map((host) => oddCase(dice, nameIn(host, zone)));
    return { ...common, allow, names, ...(dice.chance(0.4) ? { actions: anyActions } : {}) };
  }
  const patterns = [
    ...owners.filter((owner) => !owner.includes("*")),
    "*",
    "*.lab",
    "**",
    "**.lab",
    "\\*.app",
    "\\*.lab",
  ];
  return {
    ...common,
    names: dice
      .some(patterns, 1)
      .slice(0, 4)
      .map((owner) => oddCase(dice, nameIn(owner, zone))),
    types: dice.some(types, 1),
    actions: dice.chance(0.4) ? rights : anyActions,
    ...(dice.chance(0.5) ? { values: dice.pick(["^10\\.", "^own-", "^[A-Za-z0-9_-]{43}$", "^\\S+$", "test$"]) } : {}),
  };
}

function oddCase(dice: Dice, name: string): string {
  return dice.chance(0.1) ? `${name.toUpperCase()}.` : name;
}

export function randomZones(dice: Dice): Map<string, ZoneState> {
  return new Map(zoneNames.map((zone) => [zone, randomZone(dice, zone)]));
}

function randomZone(dice: Dice, zone: string): ZoneState {
  const sets: StandingSet[] = [];
  for (const owner of owners) {
    const name = nameIn(owner, zone);
    const [first = "TXT", ...more] = dice.chance(0.2) ? ["CNAME"] : dice.some(["TXT", "A", "MX"]);
    for (const type of dice.chance(0.6) ? [first, ...more] : [])
      sets.push({ name, type, ttl: dice.pick(ttls), texts: randomTexts(dice, type) });
  }
  return new Map(sets.map((set) => [placeOf(set.name, set.type), set]));
}

export function randomTexts(dice: Dice, type: string): string[] {
  const values = stock[type] ?? [];
  return type === "CNAME" ? [dice.pick(values)] : dice.some(values, 1).slice(0, 3);
}
