/** Schema and rules of `aws_cloudfront_distribution`, as hashicorp/aws 6 documents them. */
import {
  bool,
  computed,
  defineSchema,
  list,
  listBlock,
  map,
  number,
  object,
  oneOf,
  optional,
  optionalComputed,
  required,
  set,
  setBlock,
  string,
  type AppliedPlanOf,
  type ConfigOf,
  type Diagnostics,
  type StateOf,
} from "../../../provider/schema";
import { isUnknown } from "../../../provider/wire/value";
import { refuseUnimplemented } from "../refuse-unimplemented";
import { behaviorAttributes, behaviorBlocks, refusedInBehavior } from "./cache-behavior-schema";
import { originBlock, originGroupBlock, refusedInOrigin } from "./origin-schema";

const trusted = (member: string) =>
  computed(
    list(
      object({
        enabled: computed(bool),
        items: computed(list(object({ [member]: computed(string), key_pair_ids: computed(list(string)) }))),
      }),
    ),
  );

export const distributionSchema = defineSchema({
  description: "Sandbox stand-in for aws_cloudfront_distribution of hashicorp/aws.",
  attributes: {
    aliases: optional(set(string)),
    anycast_ip_list_id: optional(string),
    arn: computed(string),
    caller_reference: computed(string),
    comment: optional(string),
    continuous_deployment_policy_id: optionalComputed(string),
    default_root_object: optional(string),
    domain_name: computed(string),
    enabled: required(bool),
    etag: computed(string),
    hosted_zone_id: computed(string),
    http_version: optional(oneOf(["http1.1", "http2", "http3", "http2and3"]), { default: "http2" }),
    id: optionalComputed(string),
    in_progress_validation_batches: computed(number),
    is_ipv6_enabled: optional(bool, { default: false }),
    last_modified_time: computed(string),
    logging_v1_enabled: computed(bool),
    price_class: optional(oneOf(["PriceClass_100", "PriceClass_200", "PriceClass_All", "None"]), {
      default: "PriceClass_All",
    }),
    retain_on_delete: optional(bool, { default: false }),
    staging: optional(bool, { default: false, requiresReplace: true }),
    status: computed(string),
    tags: optional(map(string)),
    tags_all: optionalComputed(map(string)),
    trusted_key_groups: trusted("key_group_id"),
    trusted_signers: trusted("aws_account_number"),
    wait_for_deployment: optional(bool, { default: true }),
    web_acl_id: optional(string),
  },
  blocks: {
    custom_error_response: setBlock({
      attributes: {
        error_caching_min_ttl: optional(number),
        error_code: required(number),
        response_code: optional(number),
        response_page_path: optional(string),
      },
    }),
    default_cache_behavior: listBlock({
      minItems: 1,
      maxItems: 1,
      attributes: behaviorAttributes,
      blocks: behaviorBlocks,
    }),
    logging_config: listBlock({
      maxItems: 1,
      attributes: {
        bucket: optional(string),
        include_cookies: optional(bool, { default: false }),
        prefix: optional(string, { default: "" }),
      },
    }),
    ordered_cache_behavior: listBlock({
      attributes: { ...behaviorAttributes, path_pattern: required(string) },
      blocks: behaviorBlocks,
    }),
    origin: originBlock,
    origin_group: originGroupBlock,
    restrictions: listBlock({
      minItems: 1,
      maxItems: 1,
      attributes: {},
      blocks: {
        geo_restriction: listBlock({
          minItems: 1,
          maxItems: 1,
          attributes: {
            locations: optionalComputed(set(string)),
            restriction_type: required(oneOf(["none", "whitelist", "blacklist"])),
          },
        }),
      },
    }),
    viewer_certificate: listBlock({
      minItems: 1,
      maxItems: 1,
      attributes: {
        acm_certificate_arn: optional(string),
        cloudfront_default_certificate: optional(bool),
        iam_certificate_id: optional(string),
        minimum_protocol_version: optional(
          oneOf([
            "SSLv3",
            "TLSv1",
            "TLSv1_2016",
            "TLSv1.1_2016",
            "TLSv1.2_2018",
            "TLSv1.2_2019",
            "TLSv1.2_2021",
            "TLSv1.2_2025",
            "TLSv1.3_2025",
          ]),
          { default: "TLSv1" },
        ),
        ssl_support_method: optional(oneOf(["sni-only", "vip", "static-ip"])),
      },
    }),
  },
});

export type DistributionState = StateOf<typeof distributionSchema>;
export type DistributionPlan = AppliedPlanOf<typeof distributionSchema>;

const refused = [
  "anycast_ip_list_id",
  "continuous_deployment_policy_id",
  "staging",
  "web_acl_id",
  "custom_error_response",
  "logging_config",
  "ordered_cache_behavior",
  "origin_group",
  "id",
  "tags_all",
];

export function validateDistribution(config: ConfigOf<typeof distributionSchema>, diagnostics: Diagnostics): void {
  refuseUnimplemented(config, refused, diagnostics);
  const inner = [
    ["origin", config.origin, refusedInOrigin],
    ["default_cache_behavior", config.default_cache_behavior, refusedInBehavior],
    ["viewer_certificate", config.viewer_certificate, ["iam_certificate_id"]],
  ] as const;
  for (const [name, blocks, members] of inner)
    if (!isUnknown(blocks))
      for (const block of blocks) if (!isUnknown(block)) refuseUnimplemented(block, members, diagnostics, [name]);
}
