import type { EdgeDnsClient } from "../akamai/edge-dns-client";
import type { RecordSetEditor } from "../akamai/record-set-editor";
import { encodeTxt } from "../dns/txt";
import type { ChallengeRecords } from "./challenge-records";
import type { EdgeDnsZone } from "./challenge-zone";

export interface EdgeDnsChallengeRecordsOptions {
  readonly client: EdgeDnsClient;
  readonly editor: RecordSetEditor;
  /** TTL of a set that holds nothing but our values. @default 60 */
  readonly ttlSeconds?: number;
}

/** Challenge values in Akamai Edge DNS, directly or through akamai-dns-proxy, which can also tell what is allowed. */
export class EdgeDnsChallengeRecords implements ChallengeRecords<EdgeDnsZone> {
  constructor(private readonly options: EdgeDnsChallengeRecordsOptions) {}

  /** Akamai itself tells no more than whether the zone is there: errors `edge_dns_denied`, `dns_zone_not_found`. */
  async checkAllowed({ name: zone }: EdgeDnsZone, name: string, signal?: AbortSignal): Promise<void> {
    const { client } = this.options;
    await client.checkAllowed({ zone, name, type: "TXT", actions: ["create", "delete"] }, { signal });
    await client.getRecordSet(zone, name, "TXT", { signal });
  }

  async add({ name: zone }: EdgeDnsZone, name: string, values: readonly string[], signal?: AbortSignal): Promise<void> {
    const ttlSeconds = this.options.ttlSeconds ?? 60;
    await this.options.editor.addValues({ zone, name, type: "TXT", values: values.map(encodeTxt), ttlSeconds, signal });
  }

  async remove(
    { name: zone }: EdgeDnsZone,
    name: string,
    values: readonly string[],
    signal?: AbortSignal,
  ): Promise<void> {
    await this.options.editor.removeValues({ zone, name, type: "TXT", values: values.map(encodeTxt), signal });
  }
}
