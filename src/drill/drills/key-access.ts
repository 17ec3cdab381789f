import { randomUUID } from "node:crypto";

/** A read of a secret as CloudTrail delivers it (AWS CloudTrail user guide, "CloudTrail record contents"). */
export function keyAccess(role: string, at: Date): object {
  const account = "111122223333";
  const issuer = `arn:aws:iam::${account}:role/${role}`;
  return {
    eventVersion: "1.11",
    eventID: randomUUID(),
    eventTime: at.toISOString().replace(/\.\d+/, ""),
    eventSource: "secretsmanager.amazonaws.com",
    eventName: "GetSecretValue",
    awsRegion: "us-east-1",
    userIdentity: {
      type: "AssumedRole",
      arn: `arn:aws:sts::${account}:assumed-role/${role}/session`,
      sessionContext: { sessionIssuer: { type: "Role", arn: issuer } },
    },
    requestParameters: { secretId: "payments/tls-key" },
  };
}
