import { sdk } from "../../../aws/sdk";
import { AppError } from "../../../platform/errors";
import type { PriorOf, StateOf } from "../../../provider/schema";
import type { ElasticLoadBalancing } from "../elastic-load-balancing";
import { prefixOfName } from "../generated-name";
import { valuesOfPairs } from "../key-value-attributes";
import { tagsState } from "../plan-tags";
import { keysByType } from "./lb-attribute-keys";
import { lbSchema } from "./lb-schema";

type Schema = typeof lbSchema;
type State = StateOf<Schema>;

/** What a state has beside the API's answers: its region, how its tags were written, what is not of its type. */
export type KeptOfLb = Pick<PriorOf<Schema>, "region" | "tags"> & Readonly<Record<string, unknown>>;

/** Errors: `aws_not_found`. */
export async function lbState(
  client: ElasticLoadBalancing,
  arn: string,
  kept: KeptOfLb & { readonly region: string },
  signal: AbortSignal,
): Promise<State> {
  const { LoadBalancers } = await client.call("DescribeLoadBalancers", arn, signal, (elb, abortSignal) =>
    elb.send(new (sdk.elbv2().DescribeLoadBalancersCommand)({ LoadBalancerArns: [arn] }), { abortSignal }),
  );
  const [found] = LoadBalancers ?? [];
  if (found === undefined) throw new AppError("aws_request", "DescribeLoadBalancers answered without a load balancer");
  const { Attributes } = await client.call("DescribeLoadBalancerAttributes", arn, signal, (elb, abortSignal) =>
    elb.send(new (sdk.elbv2().DescribeLoadBalancerAttributesCommand)({ LoadBalancerArn: arn }), { abortSignal }),
  );
  const type = found.Type === "network" ? "network" : "application";
  const kindOf = (name: string) => attributeOf(name)?.type.kind;
  return {
    ...attributesOf(kept),
    ...(valuesOfPairs(keysByType[type], Attributes ?? [], kindOf) as Partial<State>),
    arn,
    arn_suffix: arn.replace(/^.*:loadbalancer\//, ""),
    customer_owned_ipv4_pool: null,
    dns_name: found.DNSName ?? "",
    enforce_security_group_inbound_rules_on_private_link_traffic:
      (found.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic ?? null) as "on" | "off" | null,
    id: arn,
    internal: found.Scheme === "internal",
    ip_address_type: found.IpAddressType ?? null,
    load_balancer_type: type,
    name: found.LoadBalancerName ?? "",
    name_prefix: prefixOfName(found.LoadBalancerName ?? ""),
    region: kept.region,
    security_groups: found.SecurityGroups ?? [],
    subnets: (found.AvailabilityZones ?? []).map(({ SubnetId }) => SubnetId ?? ""),
    ...tagsState(kept.tags, await client.tagsOf(arn, signal)),
    vpc_id: found.VpcId ?? "",
    zone_id: found.CanonicalHostedZoneId ?? "",
    access_logs: [],
    connection_logs: [],
    health_check_logs: [],
    ipam_pools: [],
    minimum_load_balancer_capacity: [],
    subnet_mapping: [],
    timeouts: null,
  };
}

type AttributeName = Extract<keyof (typeof keysByType)["application"] | keyof (typeof keysByType)["network"], string>;

function attributeOf(name: string) {
  return Object.entries(lbSchema.attributes).find(([each]) => each === name)?.[1];
}

/** As they were; those of the other type of load balancer are kept so. After an import, the defaults. */
function attributesOf(kept: Readonly<Record<string, unknown>>): Pick<State, AttributeName> {
  const names = Object.values(keysByType).flatMap((keys) => Object.keys(keys));
  const valueOf = (name: string) => {
    const value = kept[name];
    return typeof value === "symbol" || value === null ? (attributeOf(name)?.default ?? null) : value;
  };
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Pick<State, AttributeName>;
}
