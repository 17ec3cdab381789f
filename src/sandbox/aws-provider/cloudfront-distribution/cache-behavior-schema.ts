/** Blocks of `aws_cloudfront_distribution` that say how answers are cached. */
import {
  bool,
  list,
  listBlock,
  number,
  oneOf,
  optional,
  optionalComputed,
  required,
  set,
  setBlock,
  string,
} from "../../../provider/schema";

const methods = oneOf(["GET", "HEAD", "POST", "PUT", "PATCH", "OPTIONS", "DELETE"]);
const events = oneOf(["viewer-request", "viewer-response", "origin-request", "origin-response"]);

export const behaviorAttributes = {
  allowed_methods: required(set(methods)),
  cache_policy_id: optional(string),
  cached_methods: required(set(methods)),
  compress: optional(bool, { default: false }),
  default_ttl: optionalComputed(number),
  field_level_encryption_id: optional(string),
  max_ttl: optionalComputed(number),
  min_ttl: optional(number, { default: 0 }),
  origin_request_policy_id: optional(string),
  realtime_log_config_arn: optional(string),
  response_headers_policy_id: optional(string),
  smooth_streaming: optional(bool),
  target_origin_id: required(string),
  trusted_key_groups: optional(list(string)),
  trusted_signers: optional(list(string)),
  viewer_protocol_policy: required(oneOf(["allow-all", "https-only", "redirect-to-https"])),
};

export const behaviorBlocks = {
  forwarded_values: listBlock({
    maxItems: 1,
    attributes: {
      headers: optionalComputed(set(string)),
      query_string: required(bool),
      query_string_cache_keys: optionalComputed(list(string)),
    },
    blocks: {
      cookies: listBlock({
        minItems: 1,
        maxItems: 1,
        attributes: {
          forward: required(oneOf(["none", "whitelist", "all"])),
          whitelisted_names: optionalComputed(set(string)),
        },
      }),
    },
  }),
  function_association: setBlock({
    maxItems: 2,
    attributes: { event_type: required(events), function_arn: required(string) },
  }),
  grpc_config: listBlock({ maxItems: 1, attributes: { enabled: optionalComputed(bool) } }),
  lambda_function_association: setBlock({
    maxItems: 4,
    attributes: {
      event_type: required(events),
      include_body: optional(bool, { default: false }),
      lambda_arn: required(string),
    },
  }),
};

/** What the stand-in has none of. */
export const refusedInBehavior = [
  "field_level_encryption_id",
  "realtime_log_config_arn",
  "smooth_streaming",
  "trusted_key_groups",
  "trusted_signers",
  "function_association",
  "grpc_config",
  "lambda_function_association",
] as const;
