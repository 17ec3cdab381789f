import type { Construct } from "constructs";
import { IamRole, IamRolePolicy, type TerraformProvider } from "./engine";

/** One permission, as IAM has it; nothing can be denied by one. */
export interface RoleStatement {
  /** `s3:GetObject`. */
  readonly actions: readonly string[];
  /** ARNs, or `*`. */
  readonly resources: readonly string[];
  /** Operator → key → value or values. @default none */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface ServiceRoleOptions {
  /** Who may take the role on: `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  /** On behalf of nobody but this account … */
  readonly accountId: string;
  /** … and of this resource. @default any of the account */
  readonly sourceArn?: string;
  readonly statements: readonly RoleStatement[];
  readonly provider?: TerraformProvider;
}

/** Whoever uses the role waits for `policy`: before it nothing is allowed. */
export interface ServiceRole {
  readonly arn: string;
  readonly policy: IamRolePolicy;
}

/**
 * A role of a service of AWS that is not lent to other accounts (IAM user guide, "The confused deputy problem"), with its
 * permissions in a policy of its own.
 */
export function serviceRole(scope: Construct, id: string, options: ServiceRoleOptions): ServiceRole {
  const { service, accountId, sourceArn, statements, provider } = options;
  const source = { "aws:SourceAccount": accountId, ...(sourceArn !== undefined && { "aws:SourceArn": sourceArn }) };
  const role = new IamRole(scope, `${id}Role`, {
    description: `${id} of ${scope.node.path}`.replace(/[^\x20-\x7e]/g, "?").slice(0, longestDescription),
    assumeRolePolicy: policyOf([
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: source },
      },
    ]),
    provider,
  });
  const policy = new IamRolePolicy(scope, `${id}Policy`, {
    role: role.name,
    policy: policyOf(
      statements.map(({ actions, resources, conditions }) => ({
        Effect: "Allow",
        Action: actions,
        Resource: resources,
        ...(conditions !== undefined && { Condition: conditions }),
      })),
    ),
    provider,
  });
  return { arn: role.arn, policy };
}

/** IAM API reference, CreateRole. */
const longestDescription = 1_000;

function policyOf(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Of an image in ECR, the ARN of its repository; undefined of another, or of one that Terraform alone will know. */
export function repositoryArnOf(image: string): string | undefined {
  const known =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([a-z0-9][\w./-]*?)(?::[\w.-]+)?(?:@sha256:\w+)?$/;
  const [, accountId, region = "", name] = known.exec(image) ?? [];
  if (accountId === undefined || name === undefined) return undefined;
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return `arn:${partition}:ecr:${region}:${accountId}:repository/${name}`;
}
