/** AWS Security Token Service: who calls, and roles (STS API reference). */
import { AwsError } from "../aws-error";
import { text, optionalText } from "../input";
import { queryProtocol } from "../query-protocol";
import type { Service } from "../service";

export const stsService: Service = {
  signingName: "sts",
  protocol: queryProtocol,
  iamPrefix: "sts",
  namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
  operations: {
    GetCallerIdentity: {
      reads: true,
      run: (_, { accountId, callerArn }) => ({
        Arn: callerArn,
        UserId: callerArn.split("/").at(-1),
        Account: accountId,
      }),
    },
    AssumeRole: {
      subject: (input) => optionalText(input, "RoleArn"),
      run(input, { region, callerArn }) {
        const roleArn = text(input, "RoleArn");
        const [, accountId, roleName] = /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(roleArn) ?? [];
        const target = accountId === undefined ? undefined : region.account.neighbour(accountId);
        if (target === undefined || roleName === undefined)
          throw new AwsError(
            "AccessDenied",
            `User: ${callerArn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
            403,
          );
        const session = text(input, "RoleSessionName");
        const arn = `arn:aws:sts::${target.accountId}:assumed-role/${roleName}/${session}`;
        const { accessKeyId, secretAccessKey, sessionToken, expiration } = target.startSession(arn);
        return {
          Credentials: {
            AccessKeyId: accessKeyId,
            SecretAccessKey: secretAccessKey,
            SessionToken: sessionToken,
            Expiration: expiration,
          },
          AssumedRoleUser: { Arn: arn, AssumedRoleId: `AROASANDBOX:${session}` },
        };
      },
    },
  },
};
