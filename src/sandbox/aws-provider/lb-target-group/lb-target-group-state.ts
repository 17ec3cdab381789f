import { sdk } from "../../../aws/sdk";
import { AppError } from "../../../platform/errors";
import type { PriorOf, StateOf } from "../../../provider/schema";
import { isUnknown } from "../../../provider/wire/value";
import type { Client, ElasticLoadBalancing } from "../elastic-load-balancing";
import { prefixOfName } from "../generated-name";
import { valuesOfPairs } from "../key-value-attributes";
import { tagsState } from "../plan-tags";
import { keysByTargetType, stickinessOf, type Stickiness } from "./lb-target-group-attributes";
import { lbTargetGroupSchema } from "./lb-target-group-schema";

type Schema = typeof lbTargetGroupSchema;
type State = StateOf<Schema>;
type TargetGroup = NonNullable<Awaited<ReturnType<typeof describe>>["TargetGroups"]>[number];

/** What a state has beside the API's answers: values of other types of target, and which blocks were written. */
export interface KeptOfTargetGroup extends Pick<PriorOf<Schema>, "tags"> {
  readonly region: string;
  readonly health_check: readonly unknown[];
  readonly stickiness: readonly Stickiness[];
}

function describe(elb: Client, arn: string, abortSignal: AbortSignal) {
  return elb.send(new (sdk.elbv2().DescribeTargetGroupsCommand)({ TargetGroupArns: [arn] }), { abortSignal });
}

/** Errors: `aws_not_found`. */
export async function lbTargetGroupState(
  client: ElasticLoadBalancing,
  arn: string,
  kept: KeptOfTargetGroup,
  signal: AbortSignal,
): Promise<State> {
  const { TargetGroups } = await client.call("DescribeTargetGroups", arn, signal, (elb, abortSignal) =>
    describe(elb, arn, abortSignal),
  );
  const [found] = TargetGroups ?? [];
  if (found === undefined) throw new AppError("aws_request", "DescribeTargetGroups answered without a target group");
  const { Attributes = [] } = await client.call("DescribeTargetGroupAttributes", arn, signal, (elb, abortSignal) =>
    elb.send(new (sdk.elbv2().DescribeTargetGroupAttributesCommand)({ TargetGroupArn: arn }), { abortSignal }),
  );
  const targetType = found.TargetType ?? "instance";
  const values = valuesOfPairs(keysByTargetType[targetType], Attributes, (name) => attributeOf(name)?.type.kind);
  return {
    ...attributesOf(kept),
    ...(values as Partial<State>),
    arn,
    arn_suffix: arn.replace(/^.*:targetgroup\//, "targetgroup/"),
    id: arn,
    ip_address_type: found.IpAddressType ?? null,
    load_balancer_arns: found.LoadBalancerArns ?? [],
    name: found.TargetGroupName ?? "",
    name_prefix: prefixOfName(found.TargetGroupName ?? ""),
    port: found.Port ?? null,
    protocol: (found.Protocol ?? null) as State["protocol"],
    protocol_version: (found.ProtocolVersion ?? null) as State["protocol_version"],
    region: kept.region,
    ...tagsState(kept.tags, await client.tagsOf(arn, signal)),
    target_control_port: null,
    target_type: targetType,
    vpc_id: found.VpcId ?? null,
    health_check: kept.health_check.length === 0 ? [] : [healthCheckOf(found)],
    stickiness: kept.stickiness.map((each) => stickinessOf(Attributes, each)),
    target_failover: [],
    target_group_health: [],
    target_health_state: [],
  };
}

function healthCheckOf(group: TargetGroup): State["health_check"][number] {
  return {
    enabled: group.HealthCheckEnabled ?? true,
    healthy_threshold: group.HealthyThresholdCount ?? 0,
    interval: group.HealthCheckIntervalSeconds ?? 0,
    matcher: group.Matcher?.HttpCode ?? group.Matcher?.GrpcCode ?? "",
    path: group.HealthCheckPath ?? "",
    port: group.HealthCheckPort ?? "traffic-port",
    protocol: (group.HealthCheckProtocol ?? "HTTP") as State["health_check"][number]["protocol"],
    timeout: group.HealthCheckTimeoutSeconds ?? 0,
    unhealthy_threshold: group.UnhealthyThresholdCount ?? 0,
  };
}

type AttributeName = keyof (typeof keysByTargetType)["instance"] | keyof (typeof keysByTargetType)["lambda"];

function attributeOf(name: string) {
  return Object.entries(lbTargetGroupSchema.attributes).find(([each]) => each === name)?.[1];
}

/** As they were, for those that the API does not tell of such a group. After an import, the defaults. */
function attributesOf(kept: KeptOfTargetGroup): Pick<State, AttributeName> {
  const names = Object.values(keysByTargetType).flatMap((keys) => Object.keys(keys));
  const before = new Map<string, unknown>(Object.entries(kept));
  const valueOf = (name: string) => {
    const value = before.get(name);
    return value === undefined || value === null || isUnknown(value) ? (attributeOf(name)?.default ?? null) : value;
  };
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Pick<State, AttributeName>;
}
