/** Target groups (elbv2 API reference). */
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, record, tagPairs, text, texts, type Input } from "../input";
import type { CallContext, Operation, Output } from "../service";
import { findDescribed } from "./find-described";
import { checkTargetGroupAttribute } from "./target-group-attributes";
import type { HealthCheck, TargetGroupRecord } from "./target-group-record";

const targetGroupArn = (input: Input) => optionalText(input, "TargetGroupArn");

function targetGroupOutput(group: TargetGroupRecord, { region }: CallContext): Output {
  const { settings, healthCheck: check } = group;
  const isGrpc = settings.protocolVersion === "GRPC";
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: settings.name,
    Protocol: settings.protocol,
    Port: settings.port,
    VpcId: settings.vpcId,
    HealthCheckProtocol: settings.targetType === "lambda" ? undefined : check.protocol,
    HealthCheckPort: settings.targetType === "lambda" ? undefined : check.port,
    HealthCheckEnabled: check.enabled,
    HealthCheckIntervalSeconds: check.intervalSeconds,
    HealthCheckTimeoutSeconds: check.timeoutSeconds,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
    HealthCheckPath: check.path,
    Matcher: check.matcher === undefined ? undefined : { [isGrpc ? "GrpcCode" : "HttpCode"]: check.matcher },
    LoadBalancerArns: region.elb.loadBalancersUsing(group.arn),
    TargetType: settings.targetType,
    ProtocolVersion: settings.protocolVersion,
    IpAddressType: settings.ipAddressType,
  };
}

/** What a request says of the health check; what it leaves out is not in the answer. */
function givenHealthCheck(input: Input): Partial<HealthCheck> {
  const matcher = record(input, "Matcher");
  const enabled = optionalText(input, "HealthCheckEnabled");
  const given = {
    enabled: enabled === undefined ? undefined : enabled === "true",
    protocol: optionalText(input, "HealthCheckProtocol"),
    port: optionalText(input, "HealthCheckPort"),
    path: optionalText(input, "HealthCheckPath"),
    intervalSeconds: optionalNumber(input, "HealthCheckIntervalSeconds"),
    timeoutSeconds: optionalNumber(input, "HealthCheckTimeoutSeconds"),
    healthyThreshold: optionalNumber(input, "HealthyThresholdCount"),
    unhealthyThreshold: optionalNumber(input, "UnhealthyThresholdCount"),
    matcher: optionalText(matcher, "HttpCode") ?? optionalText(matcher, "GrpcCode"),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const createTargetGroup: Operation = {
  subject: (input) => optionalText(input, "Name"),
  run(input, context) {
    const protocol = optionalText(input, "Protocol");
    const targetType = optionalText(input, "TargetType") ?? "instance";
    const isHttp = protocol === "HTTP" || protocol === "HTTPS";
    const made = context.region.elb.createTargetGroup(
      {
        name: text(input, "Name"),
        targetType,
        protocol,
        port: optionalNumber(input, "Port"),
        vpcId: optionalText(input, "VpcId"),
        protocolVersion: isHttp ? optionalText(input, "ProtocolVersion") || "HTTP1" : undefined,
        ipAddressType: targetType === "lambda" ? undefined : (optionalText(input, "IpAddressType") ?? "ipv4"),
      },
      givenHealthCheck(input),
    );
    for (const [key, value] of tagPairs(input)) made.tags.set(key, value);
    return { TargetGroups: [targetGroupOutput(made, context)] };
  },
};

const modifyTargetGroup: Operation = {
  subject: targetGroupArn,
  run(input, context) {
    const group = context.region.elb.getTargetGroup(text(input, "TargetGroupArn"));
    group.changeHealthCheck(givenHealthCheck(input));
    return { TargetGroups: [targetGroupOutput(group, context)] };
  },
};

/** Those of one load balancer, or as the others are found. */
const describeTargetGroups: Operation = {
  subject: (input) =>
    optionalText(input, "LoadBalancerArn") ?? [...texts(input, "TargetGroupArns"), ...texts(input, "Names")].join(","),
  reads: true,
  run(input, context) {
    const { elb } = context.region;
    const loadBalancer = optionalText(input, "LoadBalancerArn");
    const all = [...elb.targetGroups.values()].filter(
      ({ arn }) => loadBalancer === undefined || elb.loadBalancersUsing(arn).includes(loadBalancer),
    );
    const selection = { arns: "TargetGroupArns", names: "Names", notFound: "TargetGroupNotFound" };
    const { items, next } = findDescribed(all, input, selection, context);
    return { TargetGroups: items.map((group) => targetGroupOutput(group, context)), NextMarker: next };
  },
};

/** hashicorp/aws tries again at this text (internal/service/elbv2/target_group.go, resourceTargetGroupDelete). */
const deleteTargetGroup: Operation = {
  subject: targetGroupArn,
  run(input, { region }) {
    const arn = text(input, "TargetGroupArn");
    if (region.elb.loadBalancersUsing(arn).length > 0)
      throw new AwsError("ResourceInUse", `Target group '${arn}' is currently in use by a listener or a rule`);
    region.elb.targetGroups.delete(arn);
    return {};
  },
};

const attributesOutput = ({ attributes }: TargetGroupRecord): Output => ({
  Attributes: [...attributes].map(([Key, Value]) => ({ Key, Value })),
});

const describeTargetGroupAttributes: Operation = {
  subject: targetGroupArn,
  reads: true,
  run: (input, { region }) => attributesOutput(region.elb.getTargetGroup(text(input, "TargetGroupArn"))),
};

const modifyTargetGroupAttributes: Operation = {
  subject: targetGroupArn,
  run(input, { region }) {
    const group = region.elb.getTargetGroup(text(input, "TargetGroupArn"));
    const given = tagPairs(input, "Attributes");
    for (const [key, value] of given) checkTargetGroupAttribute(group.settings, key, value);
    for (const [key, value] of given) group.attributes.set(key, value);
    return attributesOutput(group);
  },
};

export const targetGroupOperations = {
  CreateTargetGroup: createTargetGroup,
  ModifyTargetGroup: modifyTargetGroup,
  DescribeTargetGroups: describeTargetGroups,
  DeleteTargetGroup: deleteTargetGroup,
  DescribeTargetGroupAttributes: describeTargetGroupAttributes,
  ModifyTargetGroupAttributes: modifyTargetGroupAttributes,
};
