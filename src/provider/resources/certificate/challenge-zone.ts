/** Elements of `zones`: from the attributes to the zone, and the rules between them. */
import { parseRecordName } from "../../../dns/record-name";
import type { ChallengeZone } from "../../../issuance/challenge-zone";
import { AppError } from "../../../platform/errors";
import type { CertificateState } from "./schema";

type ZoneAttributes = CertificateState["zones"][number];

/** Errors: `invalid_argument`, for attributes that were not known when the configuration was checked. */
export function challengeZone(zone: ZoneAttributes): ChallengeZone {
  checkZone(zone);
  const name = parseRecordName(zone.name);
  return zone.id === null ? { type: "edge_dns", name } : { type: "route53", name, id: zone.id };
}

/** Names are not unique in Route 53 (AWS API reference, ListHostedZonesByName), and are all there is in Edge DNS. */
export function checkZone({ name, type, id }: ZoneAttributes): void {
  if (type === "route53" && id === null)
    throw new AppError("invalid_argument", `zone ${name} is in Route 53 and has no id`, {
      hint: "set id to that of the hosted zone: names are not unique in Route 53",
    });
  if (type === "edge_dns" && id !== null)
    throw new AppError("invalid_argument", `zone ${name} is in Edge DNS and has an id`, {
      hint: 'remove id, or set type = "route53"',
    });
}

/** Route 53 API reference, HostedZone, Id. */
export function checkHostedZoneId(id: string): void {
  if (!/^Z[A-Z0-9]{1,31}$/.test(id))
    throw new AppError("invalid_argument", `"${id}" is not the ID of a hosted zone`, {
      hint: "write it like Z0123456789ABCDEFGHIJ, without /hostedzone/",
    });
}
