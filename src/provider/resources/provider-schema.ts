/** The provider block. Nothing in it is a secret: each secret is named by the place where it is kept. */
import { AppError } from "../../platform/errors";
import {
  defineSchema,
  list,
  object,
  optional,
  required,
  string,
  type ConfigOf,
  type Diagnostics,
  type KnownConfigOf,
} from "../schema";
import { checkServerAddress } from "../../resolver/server-address";
import { isObjectValue } from "../wire/value";
import { checkRegion, checkRoleArn } from "./aws-arguments";

export const providerSchema = defineSchema({
  description:
    "Issues TLS certificates by ACME, proves domain control through Akamai Edge DNS, akamai-dns-proxy or Amazon Route 53, keeps the certificates in AWS Certificate Manager and renews them by a re-plan.",
  attributes: {
    region: optional(string, {
      validate: checkRegion,
      description: "AWS region of certificates that name none; default: AWS_REGION, then AWS_DEFAULT_REGION",
    }),
    profile: optional(string, { description: "profile in the shared AWS configuration; default: AWS_PROFILE" }),
    assume_role: optional(
      object({
        role_arn: required(string, { description: "ARN of the role to assume", validate: checkRoleArn }),
        external_id: optional(string, { description: "external ID the role's trust policy asks for" }),
        session_name: optional(string, { description: "shown in CloudTrail; default: unexpired" }),
      }),
      { description: "role to assume for every AWS request" },
    ),
    edge_dns: optional(
      object({
        edgerc: optional(string, {
          description: "file with EdgeGrid credentials; default: AKAMAI_* variables, then ~/.edgerc",
        }),
        section: optional(string, { description: "section of that file; default: AKAMAI_EDGERC_SECTION or default" }),
        ca_file: optional(string, {
          description: "PEM file with a CA to trust for a proxy with a private certificate",
        }),
      }),
      { description: "how to reach Edge DNS, directly or through akamai-dns-proxy" },
    ),
    account_store: optional(
      object({
        file: optional(object({ directory: required(string, { description: "folder; files in it have mode 0600" }) }), {
          description: "files on this machine, one per directory URL",
        }),
        environment: optional(
          object({
            variable: required(string, { description: "variable that holds the account; it is never written" }),
          }),
          { description: "an environment variable; the account must exist" },
        ),
        secrets_manager: optional(
          object({ secret_name: required(string, { description: "name of the secret; created if it is absent" }) }),
          { description: "a secret in AWS Secrets Manager, in the provider's region" },
        ),
      }),
      {
        description:
          "where the ACME account key is kept: exactly one of the three; default: files in the user's data folder",
      },
    ),
    policy: optional(
      object({
        file: optional(string, { description: "the policy's file; default: UNEXPIRED_POLICY" }),
        owner: optional(string, { description: "who answers for the certificates; default: the owner of their names" }),
        tier: optional(string, { description: "how important they are; default: the owner's first tier" }),
      }),
      { description: "the organisation's policy, to which every plan is held" },
    ),
    name_servers: optional(list(string, { each: checkServerAddress }), {
      description: "host:port of name servers to ask instead of those that NS records name",
    }),
  },
});

export type ProviderConfig = KnownConfigOf<typeof providerSchema>;

export function validateProvider(config: ConfigOf<typeof providerSchema>, diagnostics: Diagnostics): void {
  const store = config.account_store;
  if (!isObjectValue(store)) return;
  const chosen = Object.entries(store).filter(([, value]) => value !== null);
  if (chosen.length !== 1)
    diagnostics.thrown(
      new AppError("invalid_config", "account_store must name exactly one place", {
        hint: "set one of file, environment and secrets_manager",
      }),
      ["account_store"],
    );
}
