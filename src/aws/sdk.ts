/**
 * The AWS SDK's client packages, loaded at first use: they take about 40 ms, which a plan that asks AWS nothing and a
 * plugin handshake must not pay. `module.require` because a bundler follows it, and because a dynamic import is
 * asynchronous and would make every constructor so.
 */
import type * as Acm from "@aws-sdk/client-acm";
import type * as Elbv2 from "@aws-sdk/client-elastic-load-balancing-v2";
import type * as Tagging from "@aws-sdk/client-resource-groups-tagging-api";
import type * as SecretsManager from "@aws-sdk/client-secrets-manager";
import type * as Sts from "@aws-sdk/client-sts";

export const sdk = {
  acm: () => module.require("@aws-sdk/client-acm") as typeof Acm,
  elbv2: () => module.require("@aws-sdk/client-elastic-load-balancing-v2") as typeof Elbv2,
  tagging: () => module.require("@aws-sdk/client-resource-groups-tagging-api") as typeof Tagging,
  secretsManager: () => module.require("@aws-sdk/client-secrets-manager") as typeof SecretsManager,
  sts: () => module.require("@aws-sdk/client-sts") as typeof Sts,
} as const;
