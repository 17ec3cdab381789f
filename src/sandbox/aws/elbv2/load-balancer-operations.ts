/** Load balancers and target groups, as far as a listener needs them (elbv2 API reference). */
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, tagPairs, text, texts, type Input } from "../input";
import { page } from "../page";
import type { CallContext, Operation, Output } from "../service";
import type { LoadBalancerRecord, TargetGroupRecord } from "./elb-state";

function loadBalancerOutput(loadBalancer: LoadBalancerRecord): Output {
  return {
    LoadBalancerArn: loadBalancer.arn,
    LoadBalancerName: loadBalancer.name,
    DNSName: loadBalancer.dnsName,
    CreatedTime: loadBalancer.createdAt,
    Scheme: "internet-facing",
    VpcId: "vpc-0sandbox",
    State: { Code: "active" },
    Type: loadBalancer.type,
    AvailabilityZones: [],
    SecurityGroups: [],
    IpAddressType: "ipv4",
  };
}

function targetGroupOutput(group: TargetGroupRecord): Output {
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: group.protocol,
    Port: group.port,
    VpcId: group.vpcId,
    TargetType: group.targetType,
  };
}

/** Those asked for by ARN or name; an unknown one fails the whole request. All of them if none was asked for. */
function select<T extends { arn: string; name: string }>(
  all: Iterable<T>,
  input: Input,
  lists: [string, string],
  notFound: string,
): T[] {
  const [arnList, nameList] = lists;
  const known = [...all];
  const arns = texts(input, arnList);
  const names = texts(input, nameList);
  if (arns.length === 0 && names.length === 0) return known;
  const find = (matches: (item: T) => boolean, wanted: string) => {
    const item = known.find(matches);
    if (item) return item;
    throw new AwsError(notFound, `One or more of these do not exist: ${wanted}`);
  };
  return [
    ...arns.map((arn) => find((item) => item.arn === arn, arn)),
    ...names.map((name) => find((item) => item.name === name, name)),
  ];
}

function paged<T extends { arn: string }>(items: readonly T[], input: Input, { pageSize }: CallContext) {
  return page(items, {
    token: optionalText(input, "Marker"),
    size: pageSize(optionalNumber(input, "PageSize"), 400),
    idOf: (item: T) => item.arn,
  });
}

const createLoadBalancer: Operation = {
  subject: (input) => optionalText(input, "Name"),
  run(input, { region, now }) {
    const type = optionalText(input, "Type") === "network" ? "network" : "application";
    const made = region.elb.createLoadBalancer({ name: text(input, "Name"), type }, now);
    for (const [key, value] of tagPairs(input)) made.tags.set(key, value);
    return { LoadBalancers: [loadBalancerOutput(made)] };
  },
};

const describeLoadBalancers: Operation = {
  subject: (input) => [...texts(input, "LoadBalancerArns"), ...texts(input, "Names")].join(","),
  reads: true,
  run(input, context) {
    const all = context.region.elb.loadBalancers.values();
    const { items, next } = paged(
      select(all, input, ["LoadBalancerArns", "Names"], "LoadBalancerNotFound"),
      input,
      context,
    );
    return { LoadBalancers: items.map(loadBalancerOutput), NextMarker: next };
  },
};

/** Takes its listeners with it; done as well if it is gone (elbv2 API reference, DeleteLoadBalancer). */
const deleteLoadBalancer: Operation = {
  subject: (input) => optionalText(input, "LoadBalancerArn"),
  async run(input, { region, now }) {
    const arn = text(input, "LoadBalancerArn");
    for (const listener of region.elb.listenersOf(arn)) {
      region.elb.deleteListener(listener, now);
      await region.listenerChanged(listener.arn);
    }
    region.elb.loadBalancers.delete(arn);
    return {};
  },
};

const createTargetGroup: Operation = {
  subject: (input) => optionalText(input, "Name"),
  run(input, { region }) {
    const made = region.elb.createTargetGroup({
      name: text(input, "Name"),
      protocol: optionalText(input, "Protocol") ?? "HTTP",
      port: optionalNumber(input, "Port") ?? 80,
      vpcId: optionalText(input, "VpcId") ?? "vpc-0sandbox",
      targetType: optionalText(input, "TargetType") ?? "instance",
    });
    for (const [key, value] of tagPairs(input)) made.tags.set(key, value);
    return { TargetGroups: [targetGroupOutput(made)] };
  },
};

const describeTargetGroups: Operation = {
  subject: (input) => [...texts(input, "TargetGroupArns"), ...texts(input, "Names")].join(","),
  reads: true,
  run(input, context) {
    const all = context.region.elb.targetGroups.values();
    const { items, next } = paged(
      select(all, input, ["TargetGroupArns", "Names"], "TargetGroupNotFound"),
      input,
      context,
    );
    return { TargetGroups: items.map(targetGroupOutput), NextMarker: next };
  },
};

const deleteTargetGroup: Operation = {
  subject: (input) => optionalText(input, "TargetGroupArn"),
  run(input, { region }) {
    const arn = text(input, "TargetGroupArn");
    if ([...region.elb.listeners.values()].some((listener) => listener.targetGroupArns().includes(arn)))
      throw new AwsError("ResourceInUse", `Target group ${arn} is in use by a listener`);
    region.elb.targetGroups.delete(arn);
    return {};
  },
};

export const loadBalancerOperations = {
  CreateLoadBalancer: createLoadBalancer,
  DescribeLoadBalancers: describeLoadBalancers,
  DeleteLoadBalancer: deleteLoadBalancer,
  CreateTargetGroup: createTargetGroup,
  DescribeTargetGroups: describeTargetGroups,
  DeleteTargetGroup: deleteTargetGroup,
};
