/**
 * The AWS SDK's clients, each loaded at its first use: they take about 40 ms, which a plan that asks AWS nothing and a
 * plugin handshake must not pay. `module.require`, because the bundler makes a file of its own of what is required so
 * (scripts/bundle-provider.ts), and because a dynamic import is asynchronous and would make every constructor so.
 */
import type * as Account from "./sdk/account";
import type * as Acm from "./sdk/acm";
import type * as ApiGateway from "./sdk/api-gateway";
import type * as ApiGatewayV2 from "./sdk/api-gateway-v2";
import type * as CloudFront from "./sdk/cloudfront";
import type * as CloudWatch from "./sdk/cloudwatch";
import type * as Elb from "./sdk/elb";
import type * as Elbv2 from "./sdk/elbv2";
import type * as EventBridge from "./sdk/event-bridge";
import type * as Iam from "./sdk/iam";
import type * as Route53 from "./sdk/route53";
import type * as SecretsManager from "./sdk/secrets-manager";
import type * as Sns from "./sdk/sns";
import type * as Sqs from "./sdk/sqs";
import type * as Sts from "./sdk/sts";
import type * as Tagging from "./sdk/tagging";

export const sdk = {
  account: () => module.require("./sdk/account") as typeof Account,
  acm: () => module.require("./sdk/acm") as typeof Acm,
  apiGateway: () => module.require("./sdk/api-gateway") as typeof ApiGateway,
  apiGatewayV2: () => module.require("./sdk/api-gateway-v2") as typeof ApiGatewayV2,
  cloudFront: () => module.require("./sdk/cloudfront") as typeof CloudFront,
  cloudWatch: () => module.require("./sdk/cloudwatch") as typeof CloudWatch,
  elb: () => module.require("./sdk/elb") as typeof Elb,
  elbv2: () => module.require("./sdk/elbv2") as typeof Elbv2,
  eventBridge: () => module.require("./sdk/event-bridge") as typeof EventBridge,
  iam: () => module.require("./sdk/iam") as typeof Iam,
  route53: () => module.require("./sdk/route53") as typeof Route53,
  secretsManager: () => module.require("./sdk/secrets-manager") as typeof SecretsManager,
  sns: () => module.require("./sdk/sns") as typeof Sns,
  sqs: () => module.require("./sdk/sqs") as typeof Sqs,
  sts: () => module.require("./sdk/sts") as typeof Sts,
  tagging: () => module.require("./sdk/tagging") as typeof Tagging,
} as const;
