/** What CloudFront answers, as the state of `aws_cloudfront_distribution`. */
import type { DistributionConfig, VersionedDistribution } from "../../../aws/distributions";
import type { Tags } from "../../../aws/tagged-resources";
import { tagsState } from "../plan-tags";
import type { DistributionPlan, DistributionState } from "./cloudfront-distribution-schema";

/** What is configured, or was: CloudFront answers an empty text for what was left out, which stays left out. */
export type Kept = Pick<
  DistributionPlan | DistributionState,
  "aliases" | "comment" | "default_root_object" | "default_cache_behavior" | "origin" | "viewer_certificate" | "tags"
> & { readonly retain_on_delete: boolean | null; readonly wait_for_deployment: boolean | null };

/** Zone that alias records to distributions name (Route 53 API reference, AliasTarget). */
const hostedZoneId = "Z2FDTNDATAQYW2";

const orNull = (answered: string | undefined, kept: string | null) =>
  answered === undefined || answered === "" ? (kept === "" ? "" : null) : answered;

export function distributionState(found: VersionedDistribution, kept: Kept, tags: Tags): DistributionState {
  const { id, etag, distribution } = found;
  const config: Partial<DistributionConfig> = distribution.DistributionConfig ?? {};
  const aliases = config.Aliases?.Items ?? [];
  const geo = config.Restrictions?.GeoRestriction;
  return {
    aliases: aliases.length === 0 && kept.aliases === null ? null : aliases,
    anycast_ip_list_id: null,
    arn: distribution.ARN ?? "",
    caller_reference: config.CallerReference ?? "",
    comment: orNull(config.Comment, kept.comment),
    continuous_deployment_policy_id: "",
    default_root_object: orNull(config.DefaultRootObject, kept.default_root_object),
    domain_name: distribution.DomainName ?? "",
    enabled: config.Enabled ?? false,
    etag,
    hosted_zone_id: hostedZoneId,
    http_version: config.HttpVersion ?? "http2",
    id,
    in_progress_validation_batches: distribution.InProgressInvalidationBatches ?? 0,
    is_ipv6_enabled: config.IsIPV6Enabled ?? false,
    last_modified_time: distribution.LastModifiedTime?.toISOString() ?? "",
    logging_v1_enabled: false,
    price_class: config.PriceClass ?? "PriceClass_All",
    retain_on_delete: kept.retain_on_delete ?? false,
    staging: false,
    status: distribution.Status ?? "",
    ...tagsState(kept.tags, tags),
    trusted_key_groups: [{ enabled: false, items: [] }],
    trusted_signers: [{ enabled: false, items: [] }],
    wait_for_deployment: kept.wait_for_deployment ?? true,
    web_acl_id: null,
    custom_error_response: [],
    default_cache_behavior: behaviorState(config, kept),
    logging_config: [],
    ordered_cache_behavior: [],
    origin: (config.Origins?.Items ?? []).map(originState),
    origin_group: [],
    restrictions: [
      { geo_restriction: [{ restriction_type: geo?.RestrictionType ?? "none", locations: geo?.Items ?? [] }] },
    ],
    viewer_certificate: viewerState(config, kept),
  };
}

function behaviorState({ DefaultCacheBehavior: behavior }: Partial<DistributionConfig>, kept: Kept) {
  if (behavior === undefined) return [];
  const [before] = kept.default_cache_behavior;
  const { ForwardedValues: values } = behavior;
  return [
    {
      allowed_methods: behavior.AllowedMethods?.Items ?? [],
      cache_policy_id: orNull(behavior.CachePolicyId, before?.cache_policy_id ?? null),
      cached_methods: behavior.AllowedMethods?.CachedMethods?.Items ?? [],
      compress: behavior.Compress ?? false,
      default_ttl: behavior.DefaultTTL ?? 0,
      field_level_encryption_id: null,
      max_ttl: behavior.MaxTTL ?? 0,
      min_ttl: behavior.MinTTL ?? 0,
      origin_request_policy_id: orNull(behavior.OriginRequestPolicyId, before?.origin_request_policy_id ?? null),
      realtime_log_config_arn: null,
      response_headers_policy_id: orNull(behavior.ResponseHeadersPolicyId, before?.response_headers_policy_id ?? null),
      smooth_streaming: null,
      target_origin_id: behavior.TargetOriginId ?? "",
      trusted_key_groups: null,
      trusted_signers: null,
      viewer_protocol_policy: behavior.ViewerProtocolPolicy ?? "allow-all",
      forwarded_values: values
        ? [
            {
              headers: values.Headers?.Items ?? [],
              query_string: values.QueryString ?? false,
              query_string_cache_keys: values.QueryStringCacheKeys?.Items ?? [],
              cookies: [
                {
                  forward: values.Cookies?.Forward ?? "none",
                  whitelisted_names: values.Cookies?.WhitelistedNames?.Items ?? [],
                },
              ],
            },
          ]
        : [],
      function_association: [],
      grpc_config: [],
      lambda_function_association: [],
    },
  ];
}

type Origin = NonNullable<NonNullable<DistributionConfig["Origins"]>["Items"]>[number];

function originState(origin: Origin): DistributionState["origin"][number] {
  const { CustomOriginConfig: custom } = origin;
  return {
    connection_attempts: origin.ConnectionAttempts ?? 3,
    connection_timeout: origin.ConnectionTimeout ?? 10,
    domain_name: origin.DomainName ?? "",
    origin_access_control_id: null,
    origin_id: origin.Id ?? "",
    origin_path: origin.OriginPath ?? "",
    response_completion_timeout: null,
    custom_header: [],
    custom_origin_config: custom
      ? [
          {
            http_port: custom.HTTPPort ?? 80,
            https_port: custom.HTTPSPort ?? 443,
            ip_address_type: custom.IpAddressType ?? null,
            origin_protocol_policy: custom.OriginProtocolPolicy ?? "https-only",
            origin_ssl_protocols: custom.OriginSslProtocols?.Items ?? [],
            origin_keepalive_timeout: custom.OriginKeepaliveTimeout ?? 5,
            origin_read_timeout: custom.OriginReadTimeout ?? 30,
          },
        ]
      : [],
    origin_shield: [],
    s3_origin_config: [],
    vpc_origin_config: [],
  };
}

function viewerState({ ViewerCertificate: viewer }: Partial<DistributionConfig>, kept: Kept) {
  if (viewer === undefined) return [];
  const [before] = kept.viewer_certificate;
  const arn = viewer.ACMCertificateArn ?? null;
  const isDefault = arn === null ? true : before?.cloudfront_default_certificate === false ? false : null;
  return [
    {
      acm_certificate_arn: arn,
      // With the default certificate alone, an empty block means the same as one that says so.
      cloudfront_default_certificate:
        isDefault === true && before?.acm_certificate_arn === null ? before.cloudfront_default_certificate : isDefault,
      iam_certificate_id: null,
      minimum_protocol_version: viewer.MinimumProtocolVersion ?? ("TLSv1" as const),
      ssl_support_method: arn === null ? null : (viewer.SSLSupportMethod ?? null),
    },
  ];
}
