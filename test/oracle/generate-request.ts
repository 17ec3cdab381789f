/** Random requests: mostly what clients do with records they may use, with every oddity the wire allows. */
import type { Dice } from "./dice";
import { clients, nameIn, owners, randomTexts, stock, ttls, types, zoneNames } from "./generate-world";
import { mayTouch, reachesName, rightsOf, typesOf } from "./rights";
import { placeOf, plainName, plainValue, type GrantEntry, type ZoneState } from "./model";
import type { RawRequest } from "./read-request";

export interface RandomRequest extends RawRequest {
  readonly client: string;
  readonly connection: string;
}

const root = "/config-dns/v2/zones";

export function randomRequest(dice: Dice, grants: readonly GrantEntry[], zones: Map<string, ZoneState>): RandomRequest {
  const grant = dice.pick(grants);
  const client = dice.chance(0.9) ? grant.client : dice.pick(clients);
  const connection = `${client} ${dice.below(3)}`;
  const request = dice.chance(0.85)
    ? aboutRecord(dice, grant, zones)
    : { ...aboutZone(dice, plainName(grant.zone)), body: "" };
  return { client, connection, ...request, target: dice.chance(0.05) ? spoilt(dice, request.target) : request.target };
}

function aboutZone(dice: Dice, granted: string): { method: string; target: string } {
  const zone = odd(dice, dice.chance(0.8) ? granted : dice.pick(zoneNames));
  const name = odd(dice, nameIn(dice.pick(owners), granted));
  const read = [
    [root, `${root}?showAll=true`, `${root}/${zone}`, `${root}/${zone}/recordsets?showAll=true`],
    [`${root}/${zone}/names`, `${root}/${zone}/names/${name}/types`, "/unexpired/v1/allowed"],
    [`${root}/${zone}/recordsets?showAll=true&types=TXT,A`, `${root}?types=primary&showAll=true&search=${zone}`],
    [
      `/unexpired/v1/allowed?zone=${granted}&name=${plainName(name)}&type=${dice.pick(types)}&action=${dice.pick(["read", "create", "update,delete"])}`,
    ],
  ].flat();
  const closed = ["zone-file", "versions", "key", "dnssec", "aliases", "contract"].map(
    (word) => `${root}/${zone}/${word}`,
  );
  const elsewhere = [
    "/config-dns/v2/changelists",
    "/config-dns/v2/keys",
    "/config-dns/v1/zones",
    "/",
    `${root}/create-requests`,
  ];
  if (dice.chance(0.7)) return { method: "GET", target: dice.pick(read) };
  const method = dice.pick(["GET", "POST", "PUT", "DELETE", "PATCH"]);
  return { method, target: dice.pick([...closed, ...elsewhere]) };
}

function aboutRecord(dice: Dice, grant: GrantEntry, zones: Map<string, ZoneState>): RawRequest {
  const isApt = dice.chance(0.8);
  const zone = dice.chance(0.95) ? plainName(grant.zone) : dice.pick(zoneNames);
  const reached = owners.map((owner) => nameIn(owner, zone)).filter((name) => reachesName(grant, name));
  const name =
    isApt && reached.length > 0
      ? dice.pick(reached)
      : nameIn(dice.pick(owners), dice.chance(0.9) ? zone : dice.pick(zoneNames));
  const type = isApt ? dice.pick(typesOf(grant)) : dice.pick(types);
  const standing = zones.get(zone)?.get(placeOf(name, type));
  const verbs = { read: "GET", create: "POST", update: "PUT", delete: "DELETE" };
  const apt = dice.pick(rightsOf(grant));
  const method =
    isApt && dice.chance(0.7)
      ? apt === "create" && standing !== undefined && dice.chance(0.8)
        ? "PUT"
        : verbs[apt]
      : dice.pick(Object.values(verbs));
  const target = `${root}/${odd(dice, zone)}/names/${odd(dice, name)}/types/${dice.chance(0.1) ? type.toLowerCase() : type}`;
  if (method === "GET" || method === "DELETE") return { method, target, body: "" };
  const texts = wantedTexts(dice, grant, type, standing?.texts ?? []);
  const ttl = dice.chance(0.5) ? (standing?.ttl ?? 60) : dice.pick(ttls);
  return { method, target, body: oddBody(dice, { name: odd(dice, name, false), type, ttl, rdata: texts }) };
}

/** What stands there, as a client would write it back, and values of its own. */
function wantedTexts(dice: Dice, grant: GrantEntry, type: string, standing: readonly string[]): string[] {
  const own = (stock[type] ?? []).filter((text) => mayTouch(grant, plainValue(type, text) ?? text));
  const mine = own.length > 0 && dice.chance(0.85) ? dice.some(own, 1).slice(0, 2) : randomTexts(dice, type);
  if (type === "CNAME")
    return dice.chance(0.3) && standing.length > 0
      ? standing.map((text) => disguised(dice, type, text))
      : mine.slice(0, dice.chance(0.95) ? 1 : 2);
  const isMine = (text: string) => mayTouch(grant, plainValue(type, text) ?? text);
  const kept = standing.filter((text) => (isMine(text) ? dice.chance(0.4) : dice.chance(0.9)));
  const base = dice.chance(0.8) ? kept : [];
  const added = base.length > 0 && dice.chance(0.3) ? [] : mine;
  return [...base, ...added].map((text) => disguised(dice, type, text));
}

/** The same value as some client or other would write it. */
function disguised(dice: Dice, type: string, text: string): string {
  if (dice.chance(0.6)) return text;
  if (type === "CNAME") return dice.chance(0.5) ? text.slice(0, -1) : text.toUpperCase();
  if (type !== "TXT") return text;
  const octets = plainValue("TXT", text) ?? "";
  const escaped = [...octets].map((char) => `\\${String(char.charCodeAt(0)).padStart(3, "0")}`).join("");
  return dice.pick([text.replaceAll('"', ""), text.replace(/["\\]/g, ""), `"${escaped}"`, ` ${text} `]);
}

/** A name or a zone as it may stand in a path. */
function odd(dice: Dice, name: string, isPath = true): string {
  if (dice.chance(0.6)) return name;
  const anyCase = dice.chance(0.5) ? name.toUpperCase() : name;
  const dotted = dice.chance(0.3) ? `${anyCase}.` : anyCase;
  if (!isPath || dice.chance(0.5)) return dotted;
  return [...dotted].map((char) => (dice.chance(0.2) ? `%${char.charCodeAt(0).toString(16)}` : char)).join("");
}

/** Targets that must not get through as what they look like. */
function spoilt(dice: Dice, target: string): string {
  const [path = "", query] = target.split("?");
  const at = 1 + dice.below(path.length);
  const insert = (text: string) => path.slice(0, at) + text + path.slice(at);
  const spoiled = dice.pick([
    ...[
      "%2F",
      "%2f..%2f",
      "/",
      "/../",
      "/./",
      "%",
      "%zz",
      "%00",
      "%0a",
      "%C3%BC",
      "%2e%2e",
      "%252e",
      "%5c",
      "..",
      ".",
      "*",
    ].map(insert),
    ...[
      `${path}/`,
      path.replace("/names/", "/names/../names/"),
      path.replace("/types/", "//types/"),
      path.toUpperCase(),
    ],
    ...[
      `${path}?accountSwitchKey=1-AB:C`,
      `${path}?foo=1`,
      `${path}?showAll=true&showAll=false`,
      `${path}?AccountSwitchKey=`,
    ],
  ]);
  return query === undefined || spoiled.includes("?") ? spoiled : `${spoiled}?${query}`;
}

function oddBody(dice: Dice, body: { name: string; type: string; ttl: number; rdata: string[] }): string {
  if (dice.chance(0.85)) return JSON.stringify(body);
  const { ttl } = body;
  const json = JSON.stringify(body);
  return dice.pick([
    ...[
      { ...body, ttl: String(ttl) },
      { ...body, active: true },
      { ...body, type: body.type.toLowerCase() },
    ].map((each) => JSON.stringify(each, null, 2)),
    ...[
      { ...body, ttl: -1 },
      { ...body, ttl: 1.5 },
      { ...body, ttl: null },
      { ...body, ttl: "60s" },
    ].map((each) => JSON.stringify(each)),
    ...[
      { ...body, name: `x.${body.name}` },
      { ...body, type: "NS" },
      { ...body, rdata: [] },
      { ...body, rdata: "x" },
      { ...body, rdata: [7] },
    ].map((each) => JSON.stringify(each)),
    ...[
      json.replace("{", `{"name":"evil.example.test",`),
      json.replace("}", `,"rdata":["\\"own-1\\""]}`),
      `${json}x`,
      `[${json}]`,
      "",
      "null",
      json.slice(0, -1),
    ],
    ...[
      JSON.stringify({ ...body, rdata: [...body.rdata, ...body.rdata] }),
      JSON.stringify({ ...body, rdata: ['"open'] }),
    ],
  ]);
}
