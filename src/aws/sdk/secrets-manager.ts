/** What we use of the Secrets Manager client; a bundler leaves the rest out. */
export {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
