/**
 * The sandbox's stand-in for `hashicorp/aws`: the few resource types and data sources that the examples need, with the names and rules
 * of the real provider, so that the very stacks users deploy are planned and applied offline. It answers for the
 * version that `@cdktf/provider-aws` asks for. What it does not know, it refuses. Start reading here; the resources
 * are in the folders beside this file.
 */
import { defineProvider, type Provider } from "../../provider/rpc/provider";
import { bool, defineSchema, optional, string } from "../../provider/schema";
import { acmCertificate } from "./acm-certificate/acm-certificate";
import { acmCertificateValidation } from "./acm-certificate-validation/acm-certificate-validation";
import { apiGatewayDomainName } from "./api-gateway-domain-name/api-gateway-domain-name";
import { apiGatewayV2DomainName } from "./apigatewayv2-domain-name/apigatewayv2-domain-name";
import { cloudFrontDistribution } from "./cloudfront-distribution/cloudfront-distribution";
import { cloudWatchEventRule } from "./cloudwatch-event-rule/cloudwatch-event-rule";
import { cloudWatchEventTarget } from "./cloudwatch-event-target/cloudwatch-event-target";
import { cloudWatchMetricAlarm } from "./cloudwatch-metric-alarm/cloudwatch-metric-alarm";
import { acmCertificateDataSource } from "./data-sources/acm-certificate-data-source";
import { callerIdentityDataSource } from "./data-sources/caller-identity-data-source";
import { lbDataSource } from "./data-sources/lb-data-source";
import { lbListenerDataSource } from "./data-sources/lb-listener-data-source";
import { partitionDataSource } from "./data-sources/partition-data-source";
import { regionDataSource } from "./data-sources/region-data-source";
import { route53ZoneDataSource } from "./data-sources/route53-zone-data-source";
import { elb } from "./elb/elb";
import { lb } from "./lb/lb";
import { lbTargetGroup } from "./lb-target-group/lb-target-group";
import { listener } from "./listener/listener";
import { listenerCertificate } from "./listener-certificate/listener-certificate";
import { route53Record } from "./route53-record/route53-record";
import { route53Zone } from "./route53-zone/route53-zone";
import { snsTopic } from "./sns-topic/sns-topic";
import { snsTopicPolicy } from "./sns-topic-policy/sns-topic-policy";
import { standInVersion } from "./stand-in-version";
import { configureStandIn, type Environment, type StandInData } from "./stand-in-data";

export const standInAddress = "registry.terraform.io/hashicorp/aws";

const checksNothing = { description: "accepted: the sandbox's stand-in makes no such check" } as const;

const providerBlock = defineSchema({
  description:
    "Sandbox stand-in for hashicorp/aws. It implements a few resource types, speaks to a sandbox on this machine only, and is never to be used outside of it.",
  attributes: {
    region: optional(string, { description: "default: AWS_REGION" }),
    profile: optional(string, { description: "profile in the shared AWS configuration; default: AWS_PROFILE" }),
    access_key: optional(string, { description: "default: the credential chain of the AWS SDK" }),
    secret_key: optional(string, { sensitive: true, description: "default: the credential chain of the AWS SDK" }),
    skip_credentials_validation: optional(bool, checksNothing),
    skip_metadata_api_check: optional(string, checksNothing),
    skip_region_validation: optional(bool, checksNothing),
    skip_requesting_account_id: optional(bool, checksNothing),
  },
});

export function createAwsStandIn(environment: Environment): Provider {
  return defineProvider<typeof providerBlock, StandInData>({
    address: standInAddress,
    version: standInVersion,
    schema: providerBlock,
    configure: (config, context) => Promise.resolve(configureStandIn(config, environment, context)),
    resources: [
      listener,
      listenerCertificate,
      acmCertificate,
      acmCertificateValidation,
      apiGatewayDomainName,
      apiGatewayV2DomainName,
      cloudFrontDistribution,
      cloudWatchEventRule,
      cloudWatchEventTarget,
      cloudWatchMetricAlarm,
      elb,
      lb,
      lbTargetGroup,
      route53Record,
      route53Zone,
      snsTopic,
      snsTopicPolicy,
    ],
    dataSources: [
      acmCertificateDataSource,
      callerIdentityDataSource,
      lbDataSource,
      lbListenerDataSource,
      partitionDataSource,
      regionDataSource,
      route53ZoneDataSource,
    ],
  });
}
