/** AWS Security Token Service: who calls, and roles (STS API reference). */
import type { AwsAccount } from "../aws-account";
import { AwsError } from "../aws-error";
import type { Role } from "../iam/roles";
import { optionalNumber, optionalText, text, type Input } from "../input";
import { queryProtocol } from "../query-protocol";
import type { CallContext, Operation, Service } from "../service";

const roleArn = (input: Input) => optionalText(input, "RoleArn");

const shortestSession = 900;

/** Of a session that was started from another one (IAM user guide, "Role chaining"). */
const longestChainedSession = 3600;

const invalid = (message: string) => new AwsError("ValidationError", message);

const assumeRole: Operation = {
  subject: roleArn,
  run(input, context) {
    const { role, account } = assumableRole(input, context);
    const session = text(input, "RoleSessionName");
    if (!/^[\w+=,.@-]{2,64}$/.test(session))
      throw invalid(
        `1 validation error detected: Value '${session}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
      );
    const seconds = sessionSeconds(optionalNumber(input, "DurationSeconds"), role, context.callerArn);
    const callerArn = `arn:aws:sts::${account.accountId}:assumed-role/${role.name}/${session}`;
    const userId = `${role.id}:${session}`;
    const key = account.startSession(callerArn, { userId, seconds });
    return {
      Credentials: {
        AccessKeyId: key.accessKeyId,
        SecretAccessKey: key.secretAccessKey,
        SessionToken: key.sessionToken,
        Expiration: key.expiration,
      },
      AssumedRoleUser: { Arn: callerArn, AssumedRoleId: userId },
    };
  },
};

/** A role that is not there and one that does not trust the caller are refused alike. */
function assumableRole(input: Input, { region, callerArn }: CallContext): { role: Role; account: AwsAccount } {
  const arn = text(input, "RoleArn");
  const account = region.account.neighbour(arn.split(":")[4] ?? "");
  const role = account?.roles.assumable(arn, { callerArn, externalId: optionalText(input, "ExternalId") });
  if (account && role) return { role, account };
  throw new AwsError(
    "AccessDenied",
    `User: ${callerArn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    403,
  );
}

function sessionSeconds(asked: number | undefined, role: Role, callerArn: string): number {
  const seconds = asked ?? Math.min(3600, role.longestSessionSeconds);
  if (seconds < shortestSession)
    throw invalid(
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to ${shortestSession}`,
    );
  if (seconds > role.longestSessionSeconds)
    throw invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  if (seconds > longestChainedSession && callerArn.includes(":assumed-role/"))
    throw invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
  return seconds;
}

const getCallerIdentity: Operation = {
  reads: true,
  run: (_, { accountId, callerArn, userId }) => ({ Arn: callerArn, UserId: userId, Account: accountId }),
};

export const stsService: Service = {
  signingName: "sts",
  protocol: queryProtocol,
  iamPrefix: "sts",
  namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
  operations: { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole },
};
