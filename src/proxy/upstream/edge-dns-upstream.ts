import { EdgeDnsClient, edgeDnsRetryPolicy, type EdgeDnsClientOptions } from "../../akamai/edge-dns-client";
import { zoneRequest, zonesRequest, type EdgeDnsRequest } from "../../akamai/edge-dns-messages";
import { problemError } from "../../akamai/edge-dns-problem";
import { signEdgeGrid } from "../../akamai/edgegrid-sign";
import { canonicalName } from "../../dns/record-set";
import { systemClock } from "../../platform/clock";
import { AppError } from "../../platform/errors";
import { retry } from "../../platform/retry";
import type { Upstream, ZoneDocument } from "./upstream";

/** Fields of a zone that clients may see. `tsigKey` holds a secret and is not among them. */
const zoneFields = [
  "contractId",
  "zone",
  "type",
  "comment",
  "aliasCount",
  "signAndServe",
  "signAndServeAlgorithm",
  "versionId",
  "lastModifiedDate",
  "lastModifiedBy",
  "lastActivationDate",
  "activationState",
  "masters",
  "target",
];

/** Edge DNS through the proxy's own credentials; every request is signed when it is sent. */
export function edgeDnsUpstream(options: EdgeDnsClientOptions): Upstream {
  const client = new EdgeDnsClient(options);
  const get = (request: EdgeDnsRequest, signal: AbortSignal) => getDocument(options, request, signal);
  return {
    zone: async (zone, signal) => {
      const found = await get(zoneRequest(zone), signal);
      return found === undefined ? undefined : toZone(found, zone);
    },
    zones: async (signal) => {
      const zones: ZoneDocument[] = [];
      for (let page = 1; ; page++) {
        const { zones: entries } = (await get(zonesRequest(page, options.pageSize ?? 500), signal)) ?? {};
        if (!Array.isArray(entries)) throw unreadable("zones");
        if (entries.length === 0) return zones;
        zones.push(...entries.map((entry) => toZone(entry, "zones")));
      }
    },
    recordSets: (zone, signal) => client.listRecordSets(zone, [], { signal }),
    recordSet: (zone, name, type, signal) => client.getRecordSet(zone, name, type, { signal }),
    recordSetOnce: (zone, name, type, signal) => client.getRecordSet(zone, name, type, { signal, once: true }),
    create: (zone, set, signal) => client.createRecordSet(zone, set, { signal, once: true }),
    replace: (zone, set, signal) => client.replaceRecordSet(zone, set, { signal, once: true }),
    delete: (zone, name, type, signal) => client.deleteRecordSet(zone, name, type, { signal, once: true }),
  };
}

/** Zones are passed on field by field, which `EdgeDnsClient` has no need for. Undefined is a 404. */
async function getDocument(
  { credentials, http, nonce, clock = systemClock, retryPolicy, sleep, random }: EdgeDnsClientOptions,
  request: EdgeDnsRequest,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const attempt = async () => {
    const account = credentials.accountSwitchKey;
    const separator = request.target.includes("?") ? "&" : "?";
    const target =
      account === undefined
        ? request.target
        : `${request.target}${separator}accountSwitchKey=${encodeURIComponent(account)}`;
    const authorization = signEdgeGrid(credentials, { method: request.method, target }, { clock, nonce });
    const response = await http.send({
      method: request.method,
      url: `https://${credentials.host}${target}`,
      headers: { authorization, accept: "application/json" },
      signal,
    });
    if (response.status === 404) return undefined;
    if (response.status !== 200) throw problemError(response, request.what, clock.now());
    return parseObject(response.body, request.what);
  };
  return retry(attempt, { policy: retryPolicy ?? edgeDnsRetryPolicy, signal, sleep, random });
}

function toZone(value: unknown, what: string): ZoneDocument {
  const document = Object(value) as Readonly<Record<string, unknown>>;
  const name = document.zone;
  if (typeof name !== "string") throw unreadable(what);
  const known = zoneFields.filter((field) => document[field] !== undefined).map((field) => [field, document[field]]);
  return { ...(Object.fromEntries(known) as Record<string, unknown>), zone: canonicalName(name) };
}

function parseObject(text: string, what: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw unreadable(what, error);
  }
}

function unreadable(what: string, cause?: unknown): AppError {
  return new AppError("edge_dns_problem", `Edge DNS answered ${what} with something unreadable`, { cause });
}
