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
  /** Of a zone in Route 53. */
  readonly hostedZoneId?: string;
}

/** Who serves the zone, as the provider's `zones[].type` spells it. */
export type ZoneType = "edge_dns" | "route53";

export interface EdgeDnsZoneProps {
  /** Name of a zone in Akamai Edge DNS that exists already: `example.gov`. */
  readonly zoneName: string;
}

export interface Route53ZoneProps {
  /** Name of a public hosted zone that exists already: `example.gov`. */
  readonly zoneName: string;
  /** Its ID, such as `Z0123456789ABCDEFGHIJ`; names alone are ambiguous in Route 53. */
  readonly hostedZoneId: string;
}

/**
 * A zone that exists already. Makes no resource: credentials and the address of the Edge DNS API, or of
 * akamai-dns-proxy in front of it, come from the `.edgerc` section that the provider uses; those of Route 53 are AWS's.
 */
export class DnsZone extends Construct implements IDnsZone {
  /** A zone in Akamai Edge DNS. */
  static edgeDns(scope: Construct, id: string, props: EdgeDnsZoneProps): DnsZone {
    return new DnsZone(scope, id, "edge_dns", props.zoneName);
  }

  /** A public hosted zone in Amazon Route 53. */
  static route53(scope: Construct, id: string, props: Route53ZoneProps): DnsZone {
    return new DnsZone(scope, id, "route53", props.zoneName, props.hostedZoneId);
  }

  readonly zoneName: string;

  private constructor(
    scope: Construct,
    id: string,
    readonly zoneType: ZoneType,
    zoneName: string,
    readonly hostedZoneId?: string,
  ) {
    super(scope, id);
    this.zoneName = isUnknown(zoneName) ? zoneName : this.parse(zoneName);
    if (hostedZoneId !== undefined) this.checkHostedZoneId(hostedZoneId);
  }

  private checkHostedZoneId(text: string): void {
    if (isUnknown(text) || /^Z[A-Z0-9]{1,31}$/.test(text)) return;
    throw mistakeIn(this, {
      what: `hostedZoneId "${text}" is not the ID of a hosted zone`,
      source: "Amazon Route 53 API reference, HostedZone, Id",
      fix: "write it like Z0123456789ABCDEFGHIJ, without /hostedzone/",
    });
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
