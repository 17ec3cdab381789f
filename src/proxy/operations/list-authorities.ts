import type { Reply } from "../http/problem";
import type { Query } from "../http/route";
import { auditRead, type Call, type ProxyParts } from "./call";

/**
 * The name servers of the contracts that the client's zones belong to: dnscontrol and Terraform ask for them before they
 * write anything. Other contracts do not exist for the client.
 */
export async function listAuthorities(parts: ProxyParts, call: Call, { contractIds }: Query): Promise<Reply> {
  await auditRead(parts, call, "list-authorities");
  const granted = new Set(parts.policy.zonesOf(call.principal.client));
  const zones = (await parts.upstream.zones(call.signal)).filter(({ zone }) => granted.has(zone));
  const own = zones.flatMap(({ contractId }) => (typeof contractId === "string" ? contractId : []));
  const asked = contractIds?.split(",");
  const wanted = [...new Set(own)].filter((contractId) => asked?.includes(contractId) ?? true);
  const contracts = wanted.length === 0 ? [] : await parts.upstream.authorities(wanted, call.signal);
  return { status: 200, body: { contracts } };
}
