import { decide } from "../policy/decide";
import { forbidden, zoneNotFound, type Problem, type Reply } from "../http/problem";
import { parseRecordSetBody, parseRecordSetsBody } from "../http/record-set-body";
import type { Route } from "../http/route";
import { auditDecision, type Call, type ProxyParts } from "./call";
import { createRecordSets } from "./create-record-sets";
import { listAuthorities } from "./list-authorities";
import { listZones } from "./list-zones";
import { getZone, listNames, listRecordSets, listTypes, readRecordSet } from "./read-zone";
import { replaceRecordSets } from "./replace-record-sets";
import { tellAllowed } from "./tell-allowed";
import { writeRecordSet } from "./write-record-set";

/** Does what an authenticated request asks for, as far as its client may. */
export async function perform(parts: ProxyParts, call: Call, route: Route, body: Uint8Array): Promise<Reply | Problem> {
  const { client } = call.principal;
  if ("zone" in route) {
    const decision = decide(parts.policy, { kind: "zone", client, zone: route.zone });
    if (decision.verdict === "deny") {
      await auditDecision(parts, call, { operation: route.operation, zone: route.zone }, decision);
      return zoneNotFound(route.zone);
    }
  }
  switch (route.operation) {
    case "closed":
      await auditDecision(parts, call, { operation: "closed" }, closed(route.why));
      return forbidden(route.why);
    case "allowed":
      return tellAllowed(parts, call, route.query);
    case "list-zones":
      return listZones(parts, call, route.query);
    case "get-zone":
      return getZone(parts, call, route.zone);
    case "list-record-sets":
      return listRecordSets(parts, call, route.zone, route.query);
    case "list-names":
      return listNames(parts, call, route.zone);
    case "list-types":
      return listTypes(parts, call, route.zone, route.name);
    case "read-record-set":
      return readRecordSet(parts, call, route);
    case "list-authorities":
      return listAuthorities(parts, call, route.query);
    case "create-record-sets":
      return createRecordSets(parts, call, route.zone, parseRecordSetsBody(body, route.zone));
    case "replace-record-sets":
      return replaceRecordSets(parts, call, route.zone, parseRecordSetsBody(body, route.zone));
    case "delete-record-set":
      return writeRecordSet(parts, call, { ...route, client, sent: undefined });
    case "create-record-set":
    case "replace-record-set":
      return writeRecordSet(parts, call, { ...route, client, sent: parseRecordSetBody(body, route) });
  }
}

function closed(detail: string) {
  return { verdict: "deny", reason: { code: "operation-not-open", detail } } as const;
}
