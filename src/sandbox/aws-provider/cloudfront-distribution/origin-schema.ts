/** Blocks of `aws_cloudfront_distribution` that say where answers come from. */
import {
  bool,
  integerBetween,
  listBlock,
  notEmpty,
  number,
  oneOf,
  optional,
  required,
  set,
  setBlock,
  string,
} from "../../../provider/schema";

const timeouts = {
  origin_keepalive_timeout: optional(number, { default: 5, validate: integerBetween({ min: 1 }) }),
  origin_read_timeout: optional(number, { default: 30, validate: integerBetween({ min: 1 }) }),
};

export const originBlock = setBlock({
  minItems: 1,
  attributes: {
    connection_attempts: optional(number, { default: 3, validate: integerBetween({ min: 1, max: 3 }) }),
    connection_timeout: optional(number, { default: 10, validate: integerBetween({ min: 1, max: 10 }) }),
    domain_name: required(string, { validate: notEmpty }),
    origin_access_control_id: optional(string),
    origin_id: required(string, { validate: notEmpty }),
    origin_path: optional(string, { default: "" }),
    response_completion_timeout: optional(number),
  },
  blocks: {
    custom_header: setBlock({ attributes: { name: required(string), value: required(string) } }),
    custom_origin_config: listBlock({
      maxItems: 1,
      attributes: {
        http_port: required(number),
        https_port: required(number),
        ip_address_type: optional(oneOf(["ipv4", "ipv6", "dualstack"])),
        origin_protocol_policy: required(oneOf(["http-only", "match-viewer", "https-only"])),
        origin_ssl_protocols: required(set(oneOf(["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"]))),
        ...timeouts,
      },
    }),
    origin_shield: listBlock({
      maxItems: 1,
      attributes: { enabled: required(bool), origin_shield_region: optional(string) },
    }),
    s3_origin_config: listBlock({ maxItems: 1, attributes: { origin_access_identity: required(string) } }),
    vpc_origin_config: listBlock({ maxItems: 1, attributes: { vpc_origin_id: required(string), ...timeouts } }),
  },
});

export const originGroupBlock = setBlock({
  attributes: { origin_id: required(string) },
  blocks: {
    failover_criteria: listBlock({ minItems: 1, maxItems: 1, attributes: { status_codes: required(set(number)) } }),
    member: listBlock({ minItems: 2, maxItems: 2, attributes: { origin_id: required(string) } }),
  },
});

/** What the stand-in has none of. */
export const refusedInOrigin = [
  "origin_access_control_id",
  "response_completion_timeout",
  "custom_header",
  "origin_shield",
  "s3_origin_config",
  "vpc_origin_config",
] as const;
