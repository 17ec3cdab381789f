/** DistributionConfig as CloudFront keeps it, from what a request sends (CloudFront API reference). */
import { AwsError } from "../aws-error";
import { optionalText, record, text, type Input } from "../input";
import { elements } from "../xml";

/** Alternate domain names of a distribution (CloudFront developer guide, "Quotas"). */
const aliasQuota = 100;

const none = { Quantity: "0" };

const off = { Enabled: "false", Quantity: "0" };

/** What a cache behavior has unless the request says otherwise. */
const behaviorDefaults: Input = {
  TrustedSigners: off,
  TrustedKeyGroups: off,
  AllowedMethods: {
    Quantity: "2",
    Items: { Method: ["HEAD", "GET"] },
    CachedMethods: { Quantity: "2", Items: { Method: ["HEAD", "GET"] } },
  },
  SmoothStreaming: "false",
  Compress: "false",
  LambdaFunctionAssociations: none,
  FunctionAssociations: none,
  FieldLevelEncryptionId: "",
  GrpcConfig: { Enabled: "false" },
};

const originDefaults: Input = {
  OriginPath: "",
  CustomHeaders: none,
  ConnectionAttempts: "3",
  ConnectionTimeout: "10",
  OriginShield: { Enabled: "false" },
  OriginAccessControlId: "",
};

const customOriginDefaults: Input = {
  OriginReadTimeout: "30",
  OriginKeepaliveTimeout: "5",
};

const defaults: Input = {
  Aliases: none,
  DefaultRootObject: "",
  OriginGroups: none,
  CacheBehaviors: none,
  CustomErrorResponses: none,
  Logging: { Enabled: "false", IncludeCookies: "false", Bucket: "", Prefix: "" },
  PriceClass: "PriceClass_All",
  Restrictions: { GeoRestriction: { RestrictionType: "none", Quantity: "0" } },
  WebACLId: "",
  HttpVersion: "http2",
  IsIPV6Enabled: "false",
  ContinuousDeploymentPolicyId: "",
  Staging: "false",
};

/** The alternate domain names, in lower case. */
export function aliasesOf(config: Input): readonly string[] {
  return elements(record(config, "Aliases").Items, "CNAME").flatMap((alias) =>
    typeof alias === "string" ? [alias.toLowerCase()] : [],
  );
}

export function isEnabled(config: Input): boolean {
  return config.Enabled === "true";
}

/** Everything but the viewer certificate, checked and with what CloudFront adds. */
export function readDistributionConfig(given: Input): Input {
  for (const name of ["CallerReference", "Enabled"]) text(given, name);
  if (given.Comment === undefined) throw new AwsError("InvalidArgument", "Comment is required; it may be empty.");
  checkQuantities(given);
  const origins = elements(record(given, "Origins").Items, "Origin").map((each) => readOrigin(each as Input));
  if (origins.length === 0) throw new AwsError("InvalidArgument", "A distribution has at least one origin.");
  const behavior = readBehavior(record(given, "DefaultCacheBehavior"));
  const others = elements(record(given, "CacheBehaviors").Items, "CacheBehavior").map((each) =>
    readBehavior(each as Input),
  );
  const groups = elements(record(given, "OriginGroups").Items, "OriginGroup").map((each) => each as Input);
  const ids = [...origins, ...groups].map((each) => optionalText(each, "Id"));
  for (const { TargetOriginId } of [behavior, ...others])
    if (!ids.includes(String(TargetOriginId)))
      throw new AwsError("NoSuchOrigin", "One or more of your origins or origin groups do not exist.", 404);
  if (aliasesOf(given).length > aliasQuota)
    throw new AwsError("TooManyDistributionCNAMEs", `A distribution has ${aliasQuota} alternate names at most.`);
  return {
    ...defaults,
    ...given,
    Origins: { Quantity: String(origins.length), Items: { Origin: origins } },
    DefaultCacheBehavior: behavior,
    ...(others.length > 0 && {
      CacheBehaviors: { Quantity: String(others.length), Items: { CacheBehavior: others } },
    }),
  };
}

function readOrigin(given: Input): Input {
  const origin = { ...originDefaults, ...given };
  for (const name of ["Id", "DomainName"]) text(origin, name);
  const kinds = ["S3OriginConfig", "CustomOriginConfig", "VpcOriginConfig"].filter((name) => name in given);
  if (kinds.length !== 1)
    throw new AwsError("InvalidArgument", `The origin ${text(origin, "Id")} is of one kind: S3, custom or VPC.`);
  if (!("CustomOriginConfig" in given)) return origin;
  return { ...origin, CustomOriginConfig: { ...customOriginDefaults, ...record(given, "CustomOriginConfig") } };
}

function readBehavior(given: Input): Input {
  const behavior = { ...behaviorDefaults, ...given };
  for (const name of ["TargetOriginId", "ViewerProtocolPolicy"]) text(behavior, name);
  const byPolicy = (optionalText(behavior, "CachePolicyId") ?? "") !== "";
  if (byPolicy === "ForwardedValues" in given)
    throw new AwsError("InvalidArgument", "A cache behavior has either CachePolicyId or ForwardedValues.");
  // With ForwardedValues, times to live are a behavior's own: a day, a year at most (CacheBehavior, DefaultTTL, MaxTTL).
  return byPolicy ? behavior : { MinTTL: "0", DefaultTTL: "86400", MaxTTL: "31536000", ...behavior };
}

/** Every list says how long it is (CloudFront API reference, InconsistentQuantities). */
function checkQuantities(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const { Quantity, Items } = value as Input;
  if (typeof Quantity === "string") {
    const count = typeof Items === "object" && Items !== null ? Object.values(Items).flat().length : 0;
    if (count !== Number(Quantity))
      throw new AwsError("InconsistentQuantities", "The value of Quantity and the size of Items don't match.");
  }
  for (const member of Object.values(value)) checkQuantities(member);
}
