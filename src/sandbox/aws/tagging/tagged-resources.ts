/** What the tagging API knows in one region (Resource Groups user guide, "Services that support the tagging API"). */
import type { AwsRegion } from "../aws-region";

export interface TaggedResource {
  readonly arn: string;
  readonly tags: ReadonlyMap<string, string>;
}

/** Services whose resources are found here. */
export const taggedServices = ["acm", "elasticloadbalancing", "cloudfront", "apigateway", "iam"];

/** Where resources without a region are found (tagging API reference, GetResources). */
const globalRegion = "us-east-1";

/** Everything with a tag; certificates of ACM as late as its index shows them. */
export function taggedResources(region: AwsRegion, now: Date): readonly TaggedResource[] {
  const { account, acm, elb, classicElb } = region;
  const { distributions, serverCertificates, domainNames } = account;
  const all: readonly TaggedResource[] = [
    ...acm.indexed(now).map(({ record, tags }) => ({ arn: record.arn, tags })),
    ...elb.loadBalancers.values(),
    ...elb.targetGroups.values(),
    ...elb.listeners.values(),
    ...classicElb.all().map((each) => ({ arn: classicElb.arnOf(each), tags: each.tags })),
    ...domainNames.in(region.name).map(({ arn, tags }) => ({ arn, tags: new Map(Object.entries(tags)) })),
    ...(region.name === globalRegion ? [...distributions.all(), ...serverCertificates.all()] : []),
  ];
  return all.filter(({ tags }) => tags.size > 0);
}

/** A filter is a service, or a service and a type as it stands in ARNs: `elasticloadbalancing:loadbalancer/app`. */
export function isOfType({ arn }: TaggedResource, filter: string): boolean {
  const [service = "", type] = filter.split(":");
  const [, , owner, , , ...rest] = arn.split(":");
  const resource = rest.join(":").replace(/^\//, "");
  return owner === service && (type === undefined || resource === type || resource.startsWith(`${type}/`));
}
