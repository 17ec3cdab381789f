/** `data "aws_lb"`: a load balancer by its ARN or its name (internal/service/elbv2/load_balancer_data_source.go). */
import { sdk } from "../../../aws/sdk";
import { AppError } from "../../../platform/errors";
import { defineDataSource } from "../../../provider/rpc/data-source";
import {
  bool,
  computed,
  defineSchema,
  list,
  map,
  number,
  object,
  optional,
  optionalComputed,
  set,
  singleBlock,
  string,
} from "../../../provider/schema";
import { keysByType } from "../lb/lb-attribute-keys";
import { lbState } from "../lb/lb-state";
import { refuseUnimplemented } from "../refuse-unimplemented";
import type { StandInData } from "../stand-in-data";

const logs = () =>
  computed(list(object({ bucket: computed(string), enabled: computed(bool), prefix: computed(string) })));

const schema = defineSchema({
  description: "Sandbox stand-in for the data source aws_lb of hashicorp/aws.",
  attributes: {
    access_logs: logs(),
    arn: optionalComputed(string),
    arn_suffix: computed(string),
    client_keep_alive: computed(number),
    connection_logs: logs(),
    customer_owned_ipv4_pool: computed(string),
    desync_mitigation_mode: computed(string),
    dns_name: computed(string),
    dns_record_client_routing_policy: computed(string),
    drop_invalid_header_fields: computed(bool),
    enable_cross_zone_load_balancing: computed(bool),
    enable_deletion_protection: computed(bool),
    enable_http2: computed(bool),
    enable_tls_version_and_cipher_suite_headers: computed(bool),
    enable_waf_fail_open: computed(bool),
    enable_xff_client_port: computed(bool),
    enable_zonal_shift: computed(bool),
    enforce_security_group_inbound_rules_on_private_link_traffic: computed(string),
    health_check_logs: logs(),
    id: optionalComputed(string),
    idle_timeout: computed(number),
    internal: computed(bool),
    ip_address_type: computed(string),
    ipam_pools: computed(list(object({ ipv4_ipam_pool_id: computed(string) }))),
    load_balancer_type: computed(string),
    name: optionalComputed(string),
    preserve_host_header: computed(bool),
    region: optionalComputed(string),
    secondary_ips_auto_assigned_per_subnet: computed(number),
    security_groups: computed(set(string)),
    // Members of a set cannot be computed one by one here; the whole set is.
    subnet_mapping: computed(
      set(
        object({
          allocation_id: optional(string),
          ipv6_address: optional(string),
          outpost_id: optional(string),
          private_ipv4_address: optional(string),
          subnet_id: optional(string),
        }),
      ),
    ),
    subnets: computed(set(string)),
    tags: optionalComputed(map(string)),
    vpc_id: computed(string),
    xff_header_processing_mode: computed(string),
    zone_id: computed(string),
  },
  blocks: { timeouts: singleBlock({ attributes: { read: optional(string) } }) },
});

/** Those of the other type of load balancer are not answered. */
function namesOfOtherType(type: string): ReadonlySet<string> {
  const own = Object.keys(keysByType[type === "network" ? "network" : "application"]);
  const all = Object.values(keysByType).flatMap((keys) => Object.keys(keys));
  return new Set(all.filter((name) => !own.includes(name)));
}

export const lbDataSource = defineDataSource<typeof schema, StandInData>({
  typeName: "aws_lb",
  schema,
  validate(config, diagnostics) {
    refuseUnimplemented(config, ["id", "tags", "timeouts"], diagnostics);
    if (config.arn === null && config.name === null)
      diagnostics.error("arn or name must be set in the sandbox", { path: ["arn"] });
  },
  load: () =>
    Promise.resolve({
      async read({ arn, name, ...config }, { data, signal }) {
        const region = config.region ?? data.region;
        const client = data.in(region);
        const input = arn === null ? { Names: [name ?? ""] } : { LoadBalancerArns: [arn] };
        const { LoadBalancers = [] } = await client.call(
          "DescribeLoadBalancers",
          arn ?? name ?? "",
          signal,
          (elb, abortSignal) => elb.send(new (sdk.elbv2().DescribeLoadBalancersCommand)(input), { abortSignal }),
        );
        const found = LoadBalancers.find(({ LoadBalancerName }) => name === null || LoadBalancerName === name);
        if (found?.LoadBalancerArn === undefined)
          throw new AppError("invalid_argument", `no load balancer matches ${arn ?? ""} ${name ?? ""}`);
        const state = await lbState(client, found.LoadBalancerArn, { region, tags: {} }, signal);
        const { name_prefix: _, tags_all: tags, minimum_load_balancer_capacity: __, ...rest } = state;
        const others = namesOfOtherType(state.load_balancer_type);
        const known = Object.entries(rest).map(([key, value]) => [key, others.has(key) ? null : value] as const);
        const subnet_mapping = state.subnets?.map((subnet_id) => ({ ...noAddress, subnet_id })) ?? [];
        return { ...(Object.fromEntries(known) as typeof rest), subnet_mapping, tags, timeouts: null };
      },
    }),
});

const noAddress = { allocation_id: "", ipv6_address: "", outpost_id: "", private_ipv4_address: "" };
