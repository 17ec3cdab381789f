/** What we use of the STS client; a bundler leaves the rest out. */
export { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
