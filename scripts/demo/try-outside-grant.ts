import { EdgeDnsClient } from "../../src/akamai/edge-dns-client";
import { readEdgerc } from "../../src/akamai/edgerc";
import type { ProxyProcess } from "../../src/drill/proxy-process";
import { HttpClient } from "../../src/platform/http";
import { isAppError, messageOf } from "../../src/platform/errors";

/** Tries to write a record that team-web has no right to, with its own credentials. */
export async function tryOutsideGrant({ edgerc, caFile }: ProxyProcess): Promise<{ refused: boolean; reason: string }> {
  const http = new HttpClient({ caFile });
  const client = new EdgeDnsClient({ credentials: readEdgerc(edgerc, "team-web"), http });
  try {
    const set = { name: "www.example.gov", type: "A", ttlSeconds: 60, rdata: ["192.0.2.66"] };
    await client.createRecordSet("example.gov", set, { once: true });
    return { refused: false, reason: "it was written" };
  } catch (error) {
    const detail = isAppError(error) ? error.facts.detail : undefined;
    const reason = typeof detail === "string" ? detail : messageOf(error);
    return { refused: isAppError(error, "edge_dns_denied"), reason: `refused: ${reason}` };
  } finally {
    await http.close();
  }
}
