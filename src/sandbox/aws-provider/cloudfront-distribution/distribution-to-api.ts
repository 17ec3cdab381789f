/** A planned distribution in the words of CloudFront's API, where every list says how long it is. */
import type { DistributionConfig } from "../../../aws/distributions";
import { isUnknown, type Unknown } from "../../../provider/wire/value";
import type { DistributionPlan } from "./cloudfront-distribution-schema";

type Behavior = DistributionPlan["default_cache_behavior"][number];

const known = <T>(value: T | Unknown | null): T | undefined => (value === null || isUnknown(value) ? undefined : value);

function listed<T>(values: readonly T[] | Unknown | null): { Quantity: number; Items?: T[] } {
  const items = known(values) ?? [];
  return items.length === 0 ? { Quantity: 0 } : { Quantity: items.length, Items: [...items] };
}

/** For lists that must not be empty. */
function filled<T>(values: readonly T[]): { Quantity: number; Items: T[] } {
  return { Quantity: values.length, Items: [...values] };
}

export function distributionToApi(planned: DistributionPlan, callerReference: string): DistributionConfig {
  const [viewer] = planned.viewer_certificate;
  const geo = planned.restrictions[0]?.geo_restriction[0];
  const [behavior] = planned.default_cache_behavior;
  return {
    CallerReference: callerReference,
    Aliases: listed(planned.aliases),
    Comment: planned.comment ?? "",
    DefaultRootObject: planned.default_root_object ?? "",
    DefaultCacheBehavior: behavior && behaviorToApi(behavior),
    Enabled: planned.enabled,
    HttpVersion: planned.http_version,
    IsIPV6Enabled: planned.is_ipv6_enabled,
    Origins: filled(planned.origin.map(originToApi)),
    PriceClass: planned.price_class,
    Restrictions: {
      GeoRestriction: { RestrictionType: geo?.restriction_type ?? "none", ...listed(geo?.locations ?? null) },
    },
    ViewerCertificate: viewer && {
      ACMCertificateArn: viewer.acm_certificate_arn ?? undefined,
      CloudFrontDefaultCertificate: viewer.acm_certificate_arn === null ? true : undefined,
      MinimumProtocolVersion: viewer.minimum_protocol_version,
      SSLSupportMethod: viewer.ssl_support_method ?? undefined,
    },
  };
}

function behaviorToApi(behavior: Behavior): NonNullable<DistributionConfig["DefaultCacheBehavior"]> {
  const [values] = behavior.forwarded_values;
  const [cookies] = values?.cookies ?? [];
  return {
    TargetOriginId: behavior.target_origin_id,
    ViewerProtocolPolicy: behavior.viewer_protocol_policy,
    AllowedMethods: { ...filled(behavior.allowed_methods), CachedMethods: filled(behavior.cached_methods) },
    Compress: behavior.compress,
    CachePolicyId: behavior.cache_policy_id ?? undefined,
    OriginRequestPolicyId: behavior.origin_request_policy_id ?? undefined,
    ResponseHeadersPolicyId: behavior.response_headers_policy_id ?? undefined,
    // Times to live go with forwarded values; a policy has its own.
    ...(values && {
      ForwardedValues: {
        QueryString: values.query_string,
        Headers: listed(values.headers),
        QueryStringCacheKeys: listed(values.query_string_cache_keys),
        Cookies: {
          Forward: cookies?.forward ?? "none",
          ...(cookies?.forward === "whitelist" && { WhitelistedNames: listed(cookies.whitelisted_names) }),
        },
      },
      MinTTL: behavior.min_ttl,
      DefaultTTL: known(behavior.default_ttl),
      MaxTTL: known(behavior.max_ttl),
    }),
  };
}

function originToApi(origin: DistributionPlan["origin"][number]) {
  const [custom] = origin.custom_origin_config;
  return {
    Id: origin.origin_id,
    DomainName: origin.domain_name,
    OriginPath: origin.origin_path,
    ConnectionAttempts: origin.connection_attempts,
    ConnectionTimeout: origin.connection_timeout,
    CustomOriginConfig: custom && {
      HTTPPort: custom.http_port,
      HTTPSPort: custom.https_port,
      IpAddressType: custom.ip_address_type ?? undefined,
      OriginProtocolPolicy: custom.origin_protocol_policy,
      OriginSslProtocols: filled(custom.origin_ssl_protocols),
      OriginKeepaliveTimeout: custom.origin_keepalive_timeout,
      OriginReadTimeout: custom.origin_read_timeout,
    },
    // Without settings of its own, an origin is a bucket.
    S3OriginConfig: custom ? undefined : { OriginAccessIdentity: "" },
  };
}
