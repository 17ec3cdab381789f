/** Schema and rules of `aws_lb`, as hashicorp/aws 6 has them (internal/service/elbv2/load_balancer.go). */
import {
  bool,
  computed,
  defineSchema,
  integerBetween,
  listBlock,
  map,
  matching,
  number,
  oneOf,
  optional,
  optionalComputed,
  required,
  set,
  setBlock,
  singleBlock,
  string,
  type ConfigOf,
  type Diagnostics,
} from "../../../provider/schema";
import { refuseUnimplemented } from "../refuse-unimplemented";

const logs = () =>
  listBlock({
    maxItems: 1,
    attributes: { bucket: required(string), enabled: optional(bool, { default: false }), prefix: optional(string) },
  });

export const lbSchema = defineSchema({
  description: "Sandbox stand-in for aws_lb of hashicorp/aws.",
  attributes: {
    arn: computed(string),
    arn_suffix: computed(string),
    client_keep_alive: optional(number, { default: 3600 }),
    customer_owned_ipv4_pool: optional(string, { requiresReplace: true }),
    desync_mitigation_mode: optional(oneOf(["monitor", "defensive", "strictest"]), { default: "defensive" }),
    dns_name: computed(string),
    dns_record_client_routing_policy: optional(
      oneOf(["availability_zone_affinity", "partial_availability_zone_affinity", "any_availability_zone"]),
      { default: "any_availability_zone" },
    ),
    drop_invalid_header_fields: optional(bool, { default: false }),
    enable_cross_zone_load_balancing: optional(bool, { default: false }),
    enable_deletion_protection: optional(bool, { default: false }),
    enable_http2: optional(bool, { default: true }),
    enable_tls_version_and_cipher_suite_headers: optional(bool, { default: false }),
    enable_waf_fail_open: optional(bool, { default: false }),
    enable_xff_client_port: optional(bool, { default: false }),
    enable_zonal_shift: optional(bool, { default: false }),
    enforce_security_group_inbound_rules_on_private_link_traffic: optionalComputed(oneOf(["on", "off"])),
    id: optionalComputed(string),
    idle_timeout: optional(number, { default: 60 }),
    internal: optionalComputed(bool, { requiresReplace: true }),
    ip_address_type: optionalComputed(oneOf(["ipv4", "dualstack", "dualstack-without-public-ipv4"])),
    load_balancer_type: optional(oneOf(["application", "gateway", "network"]), {
      default: "application",
      requiresReplace: true,
    }),
    name: optionalComputed(string, {
      requiresReplace: true,
      validate: matching(
        /^(?!-|internal-)[0-9A-Za-z-]{1,32}(?<!-)$/,
        'at most 32 alphanumeric characters and hyphens, with no hyphen at its ends, not beginning with "internal-"',
      ),
    }),
    name_prefix: optionalComputed(string, {
      requiresReplace: true,
      validate: matching(
        /^(?!-|internal-)[0-9A-Za-z-]{1,6}$/,
        "at most 6 alphanumeric characters and hyphens, not beginning with a hyphen",
      ),
    }),
    preserve_host_header: optional(bool, { default: false }),
    region: optionalComputed(string, { requiresReplace: true }),
    secondary_ips_auto_assigned_per_subnet: optionalComputed(number, { validate: integerBetween({ min: 0, max: 7 }) }),
    security_groups: optionalComputed(set(string)),
    subnets: optionalComputed(set(string)),
    tags: optional(map(string)),
    tags_all: optionalComputed(map(string)),
    vpc_id: computed(string),
    xff_header_processing_mode: optional(oneOf(["append", "preserve", "remove"]), { default: "append" }),
    zone_id: computed(string),
  },
  blocks: {
    access_logs: logs(),
    connection_logs: logs(),
    health_check_logs: logs(),
    ipam_pools: listBlock({ maxItems: 1, attributes: { ipv4_ipam_pool_id: required(string) } }),
    minimum_load_balancer_capacity: listBlock({ maxItems: 1, attributes: { capacity_units: required(number) } }),
    // without outpost_id, which the API sets: a set has no place for such
    subnet_mapping: setBlock({
      attributes: {
        allocation_id: optional(string),
        ipv6_address: optional(string),
        private_ipv4_address: optional(string),
        subnet_id: required(string),
      },
    }),
    timeouts: singleBlock({
      attributes: { create: optional(string), delete: optional(string), update: optional(string) },
    }),
  },
});

const refused = [
  "access_logs",
  "connection_logs",
  "customer_owned_ipv4_pool",
  "health_check_logs",
  "id",
  "ipam_pools",
  "minimum_load_balancer_capacity",
  "subnet_mapping",
  "tags_all",
  "timeouts",
];

export function validateLb(config: ConfigOf<typeof lbSchema>, diagnostics: Diagnostics): void {
  refuseUnimplemented(config, refused, diagnostics);
  if (config.load_balancer_type === "gateway")
    diagnostics.error("gateway is not implemented by the sandbox's stand-in for hashicorp/aws", {
      path: ["load_balancer_type"],
    });
  if (config.name !== null && config.name_prefix !== null)
    diagnostics.error("name and name_prefix cannot be set both", { path: ["name_prefix"] });
  // hashicorp/aws wants exactly one of this and subnet_mapping
  if (config.subnets === null) diagnostics.error("subnets must be set", { path: ["subnets"] });
}
