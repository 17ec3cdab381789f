import { EdgeDnsClient, type EdgeDnsClientOptions } from "../../akamai/edge-dns-client";
import type { EdgeDnsZone } from "../../akamai/edge-dns-messages";
import { AppError } from "../../platform/errors";
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

/**
 * Edge DNS through the proxy's own credentials; every request is signed when it is sent. Errors: `invalid_config` for
 * plain HTTP to another machine.
 */
export function edgeDnsUpstream(options: EdgeDnsClientOptions): Upstream {
  if (options.plainHttp === true) requireLoopback(options.credentials.host);
  const client = new EdgeDnsClient(options);
  return {
    usesStandby: () => client.usesStandby,
    check: (signal) => client.checkAccess({ signal }),
    zone: async (zone, signal) => {
      const found = await client.getZone(zone, { signal });
      return found === undefined ? undefined : visiblePart(found);
    },
    zones: async (signal) => (await client.listZones({ signal })).map(visiblePart),
    authorities: (contractIds, signal) => client.listAuthorities(contractIds, { signal }),
    recordSets: (zone, signal) => client.listRecordSets(zone, [], { signal }),
    recordSet: (zone, name, type, signal) => client.getRecordSet(zone, name, type, { signal }),
    recordSetOnce: (zone, name, type, signal) => client.getRecordSet(zone, name, type, { signal, once: true }),
    create: (zone, set, signal) => client.createRecordSet(zone, set, { signal, once: true }),
    createAll: (zone, sets, signal) => client.createRecordSetsOnce(zone, sets, signal),
    replace: (zone, set, signal) => client.replaceRecordSet(zone, set, { signal, once: true }),
    delete: (zone, name, type, signal) => client.deleteRecordSet(zone, name, type, { signal, once: true }),
  };
}

function visiblePart({ zone, document }: EdgeDnsZone): ZoneDocument {
  const known = zoneFields.filter((field) => document[field] !== undefined).map((field) => [field, document[field]]);
  return { ...(Object.fromEntries(known) as Record<string, unknown>), zone };
}

function requireLoopback(host: string): void {
  if (/^(localhost|127(\.\d{1,3}){3})(:\d+)?$/.test(host)) return;
  throw new AppError(
    "invalid_config",
    `upstream.insecurePlainHttp is for a host of this machine, and ${host} is none`,
    {
      hint: "leave it out: Edge DNS is asked over HTTPS",
    },
  );
}
