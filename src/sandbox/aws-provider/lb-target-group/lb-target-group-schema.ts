/** Schema and rules of `aws_lb_target_group`, as hashicorp/aws 6 has them (internal/service/elbv2/target_group.go). */
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
  string,
  type ConfigOf,
  type Diagnostics,
} from "../../../provider/schema";
import { isUnknown } from "../../../provider/wire/value";
import { refuseUnimplemented } from "../refuse-unimplemented";

const stickinessTypes = [
  "lb_cookie",
  "app_cookie",
  "source_ip",
  "source_ip_dest_ip",
  "source_ip_dest_ip_proto",
] as const;

export const lbTargetGroupSchema = defineSchema({
  description: "Sandbox stand-in for aws_lb_target_group of hashicorp/aws.",
  attributes: {
    arn: computed(string),
    arn_suffix: computed(string),
    connection_termination: optionalComputed(bool),
    deregistration_delay: optional(string, {
      default: "300",
      validate: matching(/^(?:|\d{1,3}|[12]\d{3}|3[0-5]\d\d|3600)$/, "a number of seconds from 0 to 3600"),
    }),
    id: optionalComputed(string),
    ip_address_type: optionalComputed(oneOf(["ipv4", "ipv6"]), { requiresReplace: true }),
    lambda_multi_value_headers_enabled: optional(bool, { default: false }),
    load_balancer_arns: computed(set(string)),
    load_balancing_algorithm_type: optionalComputed(
      oneOf(["round_robin", "least_outstanding_requests", "weighted_random"]),
    ),
    load_balancing_anomaly_mitigation: optionalComputed(oneOf(["on", "off"])),
    load_balancing_cross_zone_enabled: optionalComputed(oneOf(["true", "false", "use_load_balancer_configuration"])),
    name: optionalComputed(string, {
      requiresReplace: true,
      validate: matching(
        /^(?!-)[0-9A-Za-z-]{1,32}(?<!-)$/,
        "at most 32 alphanumeric characters and hyphens, with no hyphen at its ends",
      ),
    }),
    name_prefix: optionalComputed(string, {
      requiresReplace: true,
      validate: matching(/^(?!-)[0-9A-Za-z-]{1,6}$/, "at most 6 alphanumeric characters and hyphens"),
    }),
    port: optional(number, { requiresReplace: true, validate: integerBetween({ min: 1, max: 65_535 }) }),
    preserve_client_ip: optionalComputed(string, { validate: matching(/^(?:|true|false)$/, "true or false") }),
    protocol: optional(oneOf(["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE"]), { requiresReplace: true }),
    protocol_version: optionalComputed(oneOf(["GRPC", "HTTP1", "HTTP2"]), { requiresReplace: true }),
    proxy_protocol_v2: optional(bool, { default: false }),
    region: optionalComputed(string, { requiresReplace: true }),
    slow_start: optional(number, { default: 0 }),
    tags: optional(map(string)),
    tags_all: optionalComputed(map(string)),
    target_control_port: optional(number, { requiresReplace: true }),
    target_type: optional(oneOf(["instance", "ip", "lambda", "alb"]), { default: "instance", requiresReplace: true }),
    vpc_id: optional(string, { requiresReplace: true }),
  },
  blocks: {
    health_check: listBlock({
      maxItems: 1,
      attributes: {
        enabled: optional(bool, { default: true }),
        healthy_threshold: optional(number, { default: 3, validate: integerBetween({ min: 2, max: 10 }) }),
        interval: optional(number, { default: 30, validate: integerBetween({ min: 5, max: 300 }) }),
        matcher: optionalComputed(string),
        path: optionalComputed(string, { validate: matching(/^\/[^]{0,1023}$/, "a path that begins with /") }),
        port: optional(string, { default: "traffic-port" }),
        protocol: optional(oneOf(["HTTP", "HTTPS", "TCP"]), { default: "HTTP" }),
        timeout: optionalComputed(number, { validate: integerBetween({ min: 2, max: 120 }) }),
        unhealthy_threshold: optional(number, { default: 3, validate: integerBetween({ min: 2, max: 10 }) }),
      },
    }),
    stickiness: listBlock({
      maxItems: 1,
      attributes: {
        cookie_duration: optional(number, { default: 86_400, validate: integerBetween({ min: 0, max: 604_800 }) }),
        cookie_name: optional(string),
        enabled: optional(bool, { default: true }),
        type: required(oneOf(stickinessTypes)),
      },
    }),
    target_failover: listBlock({
      attributes: { on_deregistration: required(string), on_unhealthy: required(string) },
    }),
    target_group_health: listBlock({
      maxItems: 1,
      attributes: {},
      blocks: {
        dns_failover: listBlock({
          maxItems: 1,
          attributes: {
            minimum_healthy_targets_count: optional(string, { default: "off" }),
            minimum_healthy_targets_percentage: optional(string, { default: "off" }),
          },
        }),
        unhealthy_state_routing: listBlock({
          maxItems: 1,
          attributes: {
            minimum_healthy_targets_count: optional(number, { default: 1 }),
            minimum_healthy_targets_percentage: optional(string, { default: "off" }),
          },
        }),
      },
    }),
    target_health_state: listBlock({
      attributes: {
        enable_unhealthy_connection_termination: required(bool),
        unhealthy_draining_interval: optional(number, { default: 0 }),
      },
    }),
  },
});

type Config = ConfigOf<typeof lbTargetGroupSchema>;

const refused = [
  "id",
  "tags_all",
  "target_control_port",
  "target_failover",
  "target_group_health",
  "target_health_state",
] as const;

export function validateLbTargetGroup(config: Config, diagnostics: Diagnostics): void {
  refuseUnimplemented(config, refused, diagnostics);
  if (config.name !== null && config.name_prefix !== null)
    diagnostics.error("name and name_prefix cannot be set both", { path: ["name_prefix"] });
  if (!isUnknown(config.target_type) && config.target_type !== "lambda")
    for (const name of ["port", "protocol", "vpc_id"] as const)
      if (config[name] === null)
        diagnostics.error(`${name} must be set when target_type is ${config.target_type ?? "instance"}`, {
          path: [name],
        });
  if (config.protocol === "GENEVE")
    diagnostics.error("GENEVE is not implemented by the sandbox's stand-in for hashicorp/aws", { path: ["protocol"] });
  checkHealthCheck(config, diagnostics);
}

/** resourceTargetGroupCustomizeDiff of the real provider. */
function checkHealthCheck({ health_check: blocks, protocol }: Config, diagnostics: Diagnostics): void {
  if (isUnknown(blocks)) return;
  for (const [index, check] of blocks.entries()) {
    if (isUnknown(check) || check.protocol !== "TCP") continue;
    const path = ["health_check", index];
    for (const name of ["matcher", "path"] as const)
      if (check[name] !== null) diagnostics.error(`${name} cannot be set when the protocol is TCP`, { path });
    if (protocol === "HTTP" || protocol === "HTTPS")
      diagnostics.error(`health_check.protocol cannot be TCP when protocol is ${protocol}`, { path });
  }
}
