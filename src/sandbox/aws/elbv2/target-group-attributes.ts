/** Attributes of target groups and their defaults (elbv2 API reference, TargetGroupAttribute). */
import { AwsError } from "../aws-error";
import type { TargetGroupSettings } from "./target-group-record";

const health = {
  "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
  "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
  "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
};

const ofHttp = {
  ...health,
  "deregistration_delay.timeout_seconds": "300",
  "load_balancing.algorithm.type": "round_robin",
  "load_balancing.algorithm.anomaly_mitigation": "off",
  "slow_start.duration_seconds": "0",
  "stickiness.enabled": "false",
  "stickiness.type": "lb_cookie",
  "stickiness.app_cookie.cookie_name": "",
  "stickiness.app_cookie.duration_seconds": "86400",
  "stickiness.lb_cookie.duration_seconds": "86400",
};

const ofLambda = { ...health, "lambda.multi_value_headers.enabled": "false" };

/** Network load balancers keep the client's address, unless targets are addresses behind TCP or TLS. */
function ofNetwork({ protocol = "", targetType }: TargetGroupSettings): Readonly<Record<string, string>> {
  const isUdp = protocol.endsWith("UDP");
  return {
    ...health,
    "deregistration_delay.timeout_seconds": "300",
    "deregistration_delay.connection_termination.enabled": String(isUdp),
    "preserve_client_ip.enabled": String(isUdp || targetType !== "ip"),
    "proxy_protocol_v2.enabled": "false",
    "stickiness.enabled": "false",
    "stickiness.type": "source_ip",
    "target_health_state.unhealthy.connection_termination.enabled": "true",
    "target_health_state.unhealthy.draining_interval_seconds": "0",
  };
}

function defaultsOf(settings: TargetGroupSettings): Readonly<Record<string, string>> {
  if (settings.targetType === "lambda") return ofLambda;
  return settings.protocol === "HTTP" || settings.protocol === "HTTPS" ? ofHttp : ofNetwork(settings);
}

const choices: Readonly<Record<string, readonly string[]>> = {
  "load_balancing.cross_zone.enabled": ["true", "false", "use_load_balancer_configuration"],
  "load_balancing.algorithm.type": ["round_robin", "least_outstanding_requests", "weighted_random"],
  "load_balancing.algorithm.anomaly_mitigation": ["on", "off"],
};

export function firstAttributes(settings: TargetGroupSettings): Map<string, string> {
  return new Map(Object.entries(defaultsOf(settings)));
}

export function checkTargetGroupAttribute(settings: TargetGroupSettings, key: string, value: string): void {
  const first = defaultsOf(settings)[key];
  if (first === undefined)
    throw new AwsError("ValidationError", `Target group attribute key '${key}' is not recognized`);
  const fits =
    choices[key]?.includes(value) ?? (/^(?:true|false)$/.test(first) ? /^(?:true|false)$/.test(value) : true);
  if (!fits)
    throw new AwsError("ValidationError", `The value '${value}' is not valid for the target group attribute '${key}'`);
}
