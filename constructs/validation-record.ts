import { Construct } from "constructs";
import { UnexpiredDnsRecord } from "./bindings/unexpired-dns-record";
import { UnexpiredProvider } from "./bindings/unexpired-provider";
import type { IDnsZone, ZoneType } from "./dns-zone";
import { type AcmCertificate, Route53Record, TerraformStack } from "./engine";
import type { IssueRequest } from "./issued-certificate";
import { mistakeIn } from "./mistake";

export interface ValidationRecordProps {
  /** The name that is proved: a host, never a wildcard. */
  readonly domain: string;
  readonly zone: IDnsZone;
  readonly certificate: AcmCertificate;
  /** The name under which the certificate lists the record. */
  readonly listedName: string;
  readonly request: IssueRequest;
}

const ttlSeconds = 300;

/**
 * The CNAME by which ACM sees that a name is ours, for the first issue and for every renewal. ACM asks for the same
 * record in all certificates of one name in an account, so it belongs to the stack and not to a certificate: two
 * certificates share it, and it outlives either.
 */
export class ValidationRecord extends Construct {
  /** The record of a domain in this stack; made with the first certificate that needs it. */
  static for(scope: Construct, props: ValidationRecordProps): ValidationRecord {
    const stack = TerraformStack.of(scope);
    const all = stack.node.tryFindChild(folder) ?? new Construct(stack, folder);
    const { domain, request } = props;
    // hosts have no underscore, so this is as unique as the name and stays readable as an address
    const id = [request.awsProvider?.alias ?? [], domain.replaceAll(".", "_")].flat().join("-");
    const known = all.node.tryFindChild(id);
    if (!(known instanceof ValidationRecord)) return new ValidationRecord(all, id, scope, props);
    known.checkAgrees(scope, props);
    return known;
  }

  /** The record's full name, known once the certificate is requested. */
  readonly fqdn: string;
  /** The name that is proved. */
  readonly domain: string;
  readonly zoneType: ZoneType;
  /** Whether it stays in DNS when terraform forgets it. */
  readonly isKept: boolean;

  private constructor(
    scope: Construct,
    id: string,
    private readonly firstNeededBy: Construct,
    private readonly props: ValidationRecordProps,
  ) {
    super(scope, id);
    this.domain = props.domain;
    this.zoneType = props.zone.zoneType;
    this.isKept = this.zoneType === "edge_dns" && !props.request.removeValidationRecords;
    this.fqdn = props.zone.zoneType === "route53" ? this.inRoute53(props) : this.inEdgeDns(props);
  }

  /** Refuses a certificate that wants the record in another zone, or kept where the first one wants it removed. */
  private checkAgrees(certificate: Construct, { zone, request }: ValidationRecordProps): void {
    const refuse = (what: string, fix: string) => {
      throw mistakeIn(certificate, {
        what: `the validation record of ${this.domain} is shared with ${this.firstNeededBy.node.path}, ${what}`,
        source: "ACM user guide, DNS validation: one CNAME record for each name and account",
        fix,
      });
    };
    const { zone: first, request: firstRequest } = this.props;
    const identity = ({ zoneType, zoneName, hostedZoneId = "" }: IDnsZone) => [zoneType, zoneName, hostedZoneId].join();
    if (identity(zone) !== identity(first))
      refuse(
        `which has it in another zone: ${first.zoneName} (${first.zoneType})`,
        "give both certificates the zone that the name servers of the name serve",
      );
    if (this.zoneType === "edge_dns" && request.removeValidationRecords !== firstRequest.removeValidationRecords)
      refuse(
        "and only one of the two says removeValidationRecords: true",
        "say it for both, or leave it out to keep the record",
      );
  }

  private inEdgeDns({ zone, certificate, listedName, request }: ValidationRecordProps): string {
    if (request.provider === undefined) UnexpiredProvider.ensureIn(this);
    const record = new UnexpiredDnsRecord(this, "Record", {
      zone: zone.zoneName,
      name: optionOf(certificate, listedName, "resource_record_name"),
      type: "CNAME",
      values: [optionOf(certificate, listedName, "resource_record_value")],
      ttlSeconds,
      keepOnDestroy: !request.removeValidationRecords,
      provider: request.provider,
      lifecycle,
    });
    return record.name;
  }

  private inRoute53({ zone, certificate, listedName, request }: ValidationRecordProps): string {
    const record = new Route53Record(this, "Record", {
      zoneId: zone.hostedZoneId ?? "",
      name: optionOf(certificate, listedName, "resource_record_name"),
      type: "CNAME",
      records: [optionOf(certificate, listedName, "resource_record_value")],
      ttl: ttlSeconds,
      allowOverwrite: true,
      provider: request.awsProvider,
      lifecycle,
    });
    return record.fqdn;
  }
}

const folder = "ValidationRecords";

/**
 * The name follows from domain and account, so it never changes; but while a certificate is replaced terraform does not
 * know it, and would replace the record that both certificates need. It goes after the switch to whatever comes next, for
 * until then ACM may renew by it, and an apply may end before.
 */
const lifecycle = { createBeforeDestroy: true, ignoreChanges: ["name"] };

/** `domain_validation_options` is a set: nothing in it has a place, so an entry is found by its domain. Text, since a token costs the engine a stack trace. */
function optionOf(certificate: AcmCertificate, domainName: string, key: string): string {
  const options = `${certificate.terraformResourceType}.${certificate.friendlyUniqueId}.domain_validation_options`;
  return `\${one([for option in ${options} : option.${key} if option.domain_name == "${domainName}"])}`;
}
