import type { Reply } from "../http/problem";
import type { Query } from "../http/route";
import type { ZoneDocument } from "../upstream/upstream";
import { auditRead, type Call, type ProxyParts } from "./call";
import { listPage } from "./list-page";

const text = (key: string) => (zone: ZoneDocument) => {
  const value = zone[key];
  return typeof value === "string" ? value : "";
};

const columns = {
  zone: text("zone"),
  type: text("type"),
  contractId: text("contractId"),
  activationState: text("activationState"),
  lastModifiedDate: text("lastModifiedDate"),
};

/** The zones in which the client has any grant. */
export async function listZones(parts: ProxyParts, call: Call, query: Query): Promise<Reply> {
  await auditRead(parts, call, "list-zones");
  const granted = new Set(parts.policy.zonesOf(call.principal.client));
  const types = query.types?.toUpperCase().split(",");
  const contractIds = query.contractIds?.split(",");
  const visible = (await parts.upstream.zones(call.signal)).filter(
    (zone) =>
      granted.has(zone.zone) &&
      (types === undefined || types.includes(text("type")(zone).toUpperCase())) &&
      (contractIds === undefined || contractIds.includes(text("contractId")(zone))),
  );
  const { entries, metadata } = listPage(visible, query, { columns, searched: (zone) => [zone.zone] });
  const known = [...new Set(visible.map(text("contractId")))];
  return { status: 200, body: { metadata: { contractIds: known, ...metadata }, zones: entries } };
}
