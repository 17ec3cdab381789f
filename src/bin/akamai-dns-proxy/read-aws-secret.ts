import { AppError } from "../../platform/errors";

/** The text of a secret in AWS Secrets Manager; of an ARN in its own region. The SDK is loaded only if this is called. */
export async function readAwsSecret(secretId: string): Promise<string> {
  const region = /^arn:[^:]+:secretsmanager:([^:]+):/.exec(secretId)?.[1] ?? process.env.AWS_REGION ?? "";
  if (region === "")
    throw new AppError("invalid_config", `the region of the secret ${secretId} is not known`, {
      hint: "name the secret by its ARN, or set AWS_REGION",
    });
  const { AwsAccess } = await import("../../aws/aws-access.js");
  const aws = new AwsAccess({ region });
  try {
    const text = await aws.secrets().get(secretId);
    if (text !== undefined) return text;
    throw new AppError("invalid_config", `AWS Secrets Manager has no secret ${secretId} in ${region}`);
  } finally {
    aws.close();
  }
}
