/** What of `aws_lb_target_group` the API keeps as pairs of texts (elbv2 API reference, TargetGroupAttribute). */
import type { Pair } from "../key-value-attributes";

const ofTargets = {
  connection_termination: "deregistration_delay.connection_termination.enabled",
  deregistration_delay: "deregistration_delay.timeout_seconds",
  load_balancing_algorithm_type: "load_balancing.algorithm.type",
  load_balancing_anomaly_mitigation: "load_balancing.algorithm.anomaly_mitigation",
  load_balancing_cross_zone_enabled: "load_balancing.cross_zone.enabled",
  preserve_client_ip: "preserve_client_ip.enabled",
  proxy_protocol_v2: "proxy_protocol_v2.enabled",
  slow_start: "slow_start.duration_seconds",
};

/** By type of target; the rest of the names is of no meaning there. */
export const keysByTargetType = {
  instance: ofTargets,
  ip: ofTargets,
  lambda: { lambda_multi_value_headers_enabled: "lambda.multi_value_headers.enabled" },
  alb: {},
} as const;

/** What hashicorp/aws does not send at creation, as if it had been so before. */
export const unsentAtCreation = {
  connection_termination: false,
  lambda_multi_value_headers_enabled: false,
  proxy_protocol_v2: false,
  slow_start: 0,
} as const;

export interface Stickiness {
  readonly cookie_duration: number;
  readonly cookie_name: string | null;
  readonly enabled: boolean;
  readonly type: "lb_cookie" | "app_cookie" | "source_ip" | "source_ip_dest_ip" | "source_ip_dest_ip_proto";
}

export function stickinessPairs(stickiness: Stickiness | undefined): Required<Pair>[] {
  if (stickiness === undefined) return [{ Key: "stickiness.enabled", Value: "false" }];
  const { type, enabled, cookie_name, cookie_duration } = stickiness;
  const duration = String(cookie_duration);
  return [
    { Key: "stickiness.enabled", Value: String(enabled) },
    { Key: "stickiness.type", Value: type },
    ...(type === "lb_cookie" ? [{ Key: "stickiness.lb_cookie.duration_seconds", Value: duration }] : []),
    ...(type === "app_cookie"
      ? [
          { Key: "stickiness.app_cookie.cookie_name", Value: cookie_name ?? "" },
          { Key: "stickiness.app_cookie.duration_seconds", Value: duration },
        ]
      : []),
  ];
}

/** `kept` tells what of it the protocol has no place for. */
export function stickinessOf(pairs: readonly Pair[], kept: Stickiness): Stickiness {
  const values = new Map(pairs.map(({ Key, Value }) => [Key, Value]));
  const type = (values.get("stickiness.type") ?? kept.type) as Stickiness["type"];
  const duration = values.get(`stickiness.${type}.duration_seconds`);
  return {
    cookie_duration: duration === undefined ? kept.cookie_duration : Number(duration),
    cookie_name: type === "app_cookie" ? (values.get("stickiness.app_cookie.cookie_name") ?? null) : kept.cookie_name,
    enabled: values.get("stickiness.enabled") === "true",
    type,
  };
}
