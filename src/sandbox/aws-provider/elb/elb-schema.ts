/** Schema and rules of `aws_elb`, as hashicorp/aws 6 documents them. */
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
  type StateOf,
} from "../../../provider/schema";
import { isUnknown } from "../../../provider/wire/value";
import { refuseUnimplemented } from "../refuse-unimplemented";

const port = integerBetween({ min: 1, max: 65_535 });
const protocol = matching(/^(?:https?|tcp|ssl)$/i, "http, https, tcp or ssl");

export const elbSchema = defineSchema({
  description: "Sandbox stand-in for aws_elb of hashicorp/aws.",
  attributes: {
    arn: computed(string),
    availability_zones: optionalComputed(set(string)),
    connection_draining: optional(bool, { default: false }),
    connection_draining_timeout: optional(number, { default: 300 }),
    cross_zone_load_balancing: optional(bool, { default: true }),
    desync_mitigation_mode: optional(oneOf(["monitor", "defensive", "strictest"]), { default: "defensive" }),
    dns_name: computed(string),
    id: optionalComputed(string),
    idle_timeout: optional(number, { default: 60, validate: integerBetween({ min: 1, max: 4000 }) }),
    instances: optionalComputed(set(string)),
    internal: optionalComputed(bool, { requiresReplace: true }),
    name: optionalComputed(string, { requiresReplace: true }),
    name_prefix: optionalComputed(string, { requiresReplace: true }),
    region: optionalComputed(string, { requiresReplace: true }),
    security_groups: optionalComputed(set(string)),
    source_security_group: optionalComputed(string),
    source_security_group_id: computed(string),
    subnets: optionalComputed(set(string)),
    tags: optional(map(string)),
    tags_all: optionalComputed(map(string)),
    zone_id: computed(string),
  },
  blocks: {
    access_logs: listBlock({
      maxItems: 1,
      attributes: {
        bucket: required(string),
        bucket_prefix: optional(string),
        enabled: optional(bool),
        interval: optional(number),
      },
    }),
    health_check: listBlock({
      maxItems: 1,
      attributes: {
        healthy_threshold: required(number, { validate: integerBetween({ min: 2, max: 10 }) }),
        interval: required(number, { validate: integerBetween({ min: 5, max: 300 }) }),
        target: required(string),
        timeout: required(number, { validate: integerBetween({ min: 2, max: 60 }) }),
        unhealthy_threshold: required(number, { validate: integerBetween({ min: 2, max: 10 }) }),
      },
    }),
    listener: setBlock({
      minItems: 1,
      attributes: {
        instance_port: required(number, { validate: port }),
        instance_protocol: required(string, { validate: protocol }),
        lb_port: required(number, { validate: port }),
        lb_protocol: required(string, { validate: protocol }),
        ssl_certificate_id: optional(string),
      },
    }),
    timeouts: singleBlock({ attributes: { create: optional(string), update: optional(string) } }),
  },
});

export type ListenerState = StateOf<typeof elbSchema>["listener"][number];

const refused = ["instances", "name_prefix", "source_security_group", "access_logs", "timeouts", "id", "tags_all"];

export function validateElb(config: ConfigOf<typeof elbSchema>, diagnostics: Diagnostics): void {
  refuseUnimplemented(config, refused, diagnostics);
  if (config.name === null) diagnostics.error("name must be set in the sandbox", { path: ["name"] });
  if ((config.availability_zones === null) === (config.subnets === null))
    diagnostics.error("exactly one of availability_zones and subnets must be set", { path: ["subnets"] });
  if (isUnknown(config.listener)) return;
  for (const listener of config.listener) {
    if (isUnknown(listener) || isUnknown(listener.lb_protocol)) continue;
    const isSecure = /^(?:https|ssl)$/i.test(listener.lb_protocol);
    if (!isSecure && listener.ssl_certificate_id !== null && !isUnknown(listener.ssl_certificate_id))
      diagnostics.error("ssl_certificate_id may be set only for lb_protocol https or ssl", { path: ["listener"] });
  }
}
