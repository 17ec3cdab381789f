import { Construct } from "constructs";
import { isWildcard, parseDomainName } from "../src/certificates/domain-name";
import { toAppError } from "../src/platform/errors";
import { isUnknown } from "./is-unknown";
import { mistakeIn } from "./mistake";

/** A DNS zone in which the provider may write challenge records. */
export interface IDnsZone {
  /** The zone's apex, lower case, without a final dot. */
  readonly zoneName: string;
  readonly zoneType: ZoneType;
}

/** Who serves the zone, as the provider's `zones[].type` spells it. */
export type ZoneType = "edge_dns";

export interface EdgeDnsZoneProps {
  /** Name of a zone in Akamai Edge DNS that exists already: `example.gov`. */
  readonly zoneName: string;
}

/**
 * A zone that exists already. Makes no resource: credentials and the address of the Edge DNS API, or of
 * akamai-dns-proxy in front of it, come from the `.edgerc` section that the provider uses.
 */
export class DnsZone extends Construct implements IDnsZone {
  /** A zone in Akamai Edge DNS. */
  static edgeDns(scope: Construct, id: string, props: EdgeDnsZoneProps): DnsZone {
    return new DnsZone(scope, id, "edge_dns", props.zoneName);
  }

  readonly zoneName: string;

  private constructor(
    scope: Construct,
    id: string,
    readonly zoneType: ZoneType,
    zoneName: string,
  ) {
    super(scope, id);
    this.zoneName = isUnknown(zoneName) ? zoneName : this.parse(zoneName);
  }

  private parse(text: string): string {
    const source = "RFC 1035 2.3.4";
    try {
      const name = parseDomainName(text);
      if (!isWildcard(name)) return name;
    } catch (error) {
      const { code, message, hint } = toAppError(error);
      throw mistakeIn(this, { code, what: message, source, fix: hint ?? "give the zone's name", cause: error });
    }
    throw mistakeIn(this, {
      code: "invalid_domain_name",
      what: `zone "${text}" has a wildcard label`,
      source,
      fix: `give the zone that holds it, "${text.replace(/^\*\./, "")}" or one above`,
    });
  }
}
