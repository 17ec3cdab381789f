/** Load balancers themselves (elbv2 API reference). */
import { AwsError } from "../aws-error";
import { atMost, optionalText, tagPairs, text, texts, type Input } from "../input";
import type { Operation, Output } from "../service";
import { findDescribed } from "./find-described";
import { sandboxVpc, type LoadBalancerRecord, type LoadBalancerType } from "./load-balancer-record";

export const loadBalancerArn = (input: Input) => optionalText(input, "LoadBalancerArn");

function loadBalancerOutput(loadBalancer: LoadBalancerRecord, region: string): Output {
  const { settings } = loadBalancer;
  return {
    LoadBalancerArn: loadBalancer.arn,
    LoadBalancerName: settings.name,
    DNSName: loadBalancer.dnsName,
    CanonicalHostedZoneId: loadBalancer.canonicalZoneId,
    CreatedTime: loadBalancer.createdAt,
    Scheme: settings.scheme,
    VpcId: sandboxVpc.id,
    State: { Code: "active" },
    Type: settings.type,
    AvailabilityZones: availabilityZones(settings.subnets, region),
    SecurityGroups: settings.securityGroups,
    IpAddressType: settings.ipAddressType,
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: loadBalancer.enforcesPrivateLinkRules,
  };
}

/** Which zone a subnet is in, the sandbox cannot know: each gets a zone of its own. */
export function availabilityZones(subnets: readonly string[], region: string): readonly Output[] {
  return [...subnets].sort().map((SubnetId, index) => ({
    ZoneName: `${region}${String.fromCharCode(97 + index)}`,
    SubnetId,
    LoadBalancerAddresses: [],
  }));
}

function typeOf(input: Input): LoadBalancerType {
  const type = optionalText(input, "Type") ?? "application";
  if (type === "application" || type === "network") return type;
  throw new AwsError("ValidationError", `the sandbox has no load balancers of type '${type}'`);
}

/** Subnets in either form; in the long one they bring addresses, which the sandbox does not look at. */
export function subnetsOf(input: Input): readonly string[] {
  const mappings = Array.isArray(input.SubnetMappings) ? (input.SubnetMappings as readonly Input[]) : [];
  return [...texts(input, "Subnets"), ...mappings.map((mapping) => text(mapping, "SubnetId"))];
}

const createLoadBalancer: Operation = {
  subject: (input) => optionalText(input, "Name"),
  run(input, { region, now }) {
    const type = typeOf(input);
    const groups = texts(input, "SecurityGroups");
    const scheme = optionalText(input, "Scheme") === "internal" ? "internal" : "internet-facing";
    const made = region.elb.createLoadBalancer(
      {
        name: text(input, "Name"),
        type,
        scheme,
        subnets: subnetsOf(input),
        // An application load balancer without groups gets the default one of its VPC (ALB user guide, "Security groups").
        securityGroups: groups.length === 0 && type === "application" ? [sandboxVpc.defaultSecurityGroup] : groups,
        ipAddressType: optionalText(input, "IpAddressType") ?? "ipv4",
      },
      now,
    );
    for (const [key, value] of tagPairs(input)) made.tags.set(key, value);
    return { LoadBalancers: [loadBalancerOutput(made, region.name)] };
  },
};

const describeLoadBalancers: Operation = {
  subject: (input) => [...texts(input, "LoadBalancerArns"), ...texts(input, "Names")].join(","),
  reads: true,
  run(input, context) {
    const { region } = context;
    // Up to 20 in a call (elbv2 API reference, DescribeLoadBalancers).
    for (const name of ["LoadBalancerArns", "Names"]) atMost(20, texts(input, name), name);
    const selection = { arns: "LoadBalancerArns", names: "Names", notFound: "LoadBalancerNotFound" };
    const { items, next } = findDescribed(region.elb.loadBalancers.values(), input, selection, context);
    return { LoadBalancers: items.map((each) => loadBalancerOutput(each, region.name)), NextMarker: next };
  },
};

/** Takes its listeners with it; done as well if it is gone (elbv2 API reference, DeleteLoadBalancer). */
const deleteLoadBalancer: Operation = {
  subject: loadBalancerArn,
  async run(input, { region, now }) {
    const arn = text(input, "LoadBalancerArn");
    const found = region.elb.loadBalancers.get(arn);
    if (found?.attributes.get("deletion_protection.enabled") === "true")
      throw new AwsError(
        "OperationNotPermitted",
        `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`,
      );
    for (const listener of region.elb.listenersOf(arn)) {
      region.elb.deleteListener(listener, now);
      await region.listenerChanged(listener.arn);
    }
    region.elb.loadBalancers.delete(arn);
    return {};
  },
};

export const loadBalancerOperations = {
  CreateLoadBalancer: createLoadBalancer,
  DescribeLoadBalancers: describeLoadBalancers,
  DeleteLoadBalancer: deleteLoadBalancer,
};
