import { Construct } from "constructs";
import { alarmTopic } from "./alarm-topic";
import { checkDriftCheckSchedule } from "./checks/check-drift-check-schedule";
import { driftCheckContainer } from "./drift-check-container";
import {
  CloudwatchLogGroup,
  DataAwsCallerIdentity,
  EcsTaskDefinition,
  SchedulerSchedule,
  SchedulerScheduleGroup,
  type TerraformProvider,
} from "./engine";
import { missingRunAlarm } from "./missing-run-alarm";
import { repositoryArnOf, type RoleStatement, serviceRole } from "./service-role";
import type { Secret } from "./secret";

/** What is needed of a file system of EFS, or of an access point; those of provider-aws are. */
export interface DeclaredFileSystem {
  readonly id: string;
  readonly arn: string;
}

export interface DriftCheckScheduleProps {
  /**
   * Image with the stacks, terraform and unexpired in it, whose working folder is theirs, and whose entry point, if it
   * has one, runs the words it is given. examples/drift-check-schedule has a Dockerfile.
   */
  readonly image: string;
  /** ARN of the ECS cluster to run in. */
  readonly clusterArn: string;
  /** Subnets that reach AWS, the CA, the name servers and the listeners. */
  readonly subnetIds: readonly string[];
  /** Groups that let the task out to all of these, and to the state's file system. */
  readonly securityGroupIds: readonly string[];
  /**
   * What a run may do in AWS: what terraform needs for the stacks and their state, what the provider calls
   * (`providerStatements`), and `sns:Publish` and such for whoever `notify` tells.
   */
  readonly statements: readonly RoleStatement[];
  /** Whether safe plans are applied; otherwise a run only tells. @default true */
  readonly apply?: boolean;
  /** Further words of `drift-check run`: names of stacks, options. @default [] */
  readonly words?: readonly string[];
  /** When to run, as EventBridge Scheduler writes it, in UTC. @default every six hours, at 17 minutes past */
  readonly schedule?: string;
  /** A run begins within so many minutes of its time, so that not all begin at once; 0: at its time. @default 30 */
  readonly windowMinutes?: number;
  /** Without a run for so many hours there is an alarm. @default 24 */
  readonly missingAfterHours?: number;
  /** Topic for the alarm; its policy must let `cloudwatch.amazonaws.com` publish. @default a topic made here, which does */
  readonly topicArn?: string;
  /** Variables of the environment; none of them a secret. @default {} */
  readonly environment?: Readonly<Record<string, string>>;
  /** Variables that hold a secret of Secrets Manager: `Secret.secretsManager(ARN)`. @default {} */
  readonly secrets?: Readonly<Record<string, Secret>>;
  /**
   * Where drift-check keeps what it knows from run to run: with which versions it has planned, and what it has told.
   * @default nowhere: every run tells everything anew, and takes each provider for a known one
   */
  readonly stateFileSystem?: DeclaredFileSystem;
  /** Access point of that file system, whose user may write. @default required with stateFileSystem */
  readonly stateAccessPoint?: DeclaredFileSystem;
  /** CPU units: 256, 512, 1024, 2048 or 4096. @default 1024 */
  readonly cpu?: number;
  /** Memory in MiB that Fargate has with so much CPU. @default 2048 */
  readonly memoryMib?: number;
  /** Whether the image is for ARM. @default false */
  readonly arm?: boolean;
  /** For subnets that reach the internet by addresses of their own. @default false */
  readonly assignPublicIp?: boolean;
  /** Days that logs are kept. @default 90 */
  readonly logRetentionDays?: number;
  /** Block of the AWS provider of the cluster's region. @default the stack's default block */
  readonly awsProvider?: TerraformProvider;
}

/**
 * Runs `drift-check run --apply` on a schedule, as a task of Fargate, and says when no run has come to its report. Three
 * roles, none of which may more than it needs: EventBridge Scheduler may start this task and nothing else, ECS may fetch
 * the image, read the secrets named and write the log, and the run itself may do what `statements` say.
 *
 * The alarm counts reports in the log, whatever they hold: what a report says of stacks is told by `notify` of
 * drift-check.yaml. Until the first run it is in alarm.
 *
 * @example
 * const clusterArn = "arn:aws:ecs:us-east-1:111122223333:cluster/infra";
 * new DriftCheckSchedule(this, "drift-check", {
 *   image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/infra:1.4.0",
 *   clusterArn,
 *   subnetIds: ["subnet-0a1b2c3d4e5f60718"],
 *   securityGroupIds: ["sg-0a1b2c3d4e5f60718"],
 *   statements: [
 *     ...providerStatements("111122223333"),
 *     { actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], resources: ["arn:aws:s3:::infra-state/*"] },
 *     { actions: ["s3:ListBucket"], resources: ["arn:aws:s3:::infra-state"] },
 *   ],
 * });
 */
export class DriftCheckSchedule extends Construct {
  /** Of the alarm. */
  readonly topicArn: string;
  readonly logGroupName: string;
  readonly taskDefinitionArn: string;
  /** Whose rights a run has. */
  readonly taskRoleArn: string;
  /** Of ECS; whoever has secrets under a key of their own lets it use the key. */
  readonly executionRoleArn: string;

  constructor(scope: Construct, id: string, props: DriftCheckScheduleProps) {
    super(scope, id);
    checkDriftCheckSchedule(this, props);
    const { image, clusterArn, statements, secrets = {}, windowMinutes = 30 } = props;
    const { stateFileSystem, stateAccessPoint } = props;
    const provider = props.awsProvider;
    const { accountId } = new DataAwsCallerIdentity(this, "Account", { provider });
    const logs = new CloudwatchLogGroup(this, "Logs", {
      name: `/drift-check/${this.node.path}`.replace(/[^\w./#-]/g, "-").slice(0, longestLogGroup),
      retentionInDays: props.logRetentionDays ?? 90,
      provider,
    });
    this.logGroupName = logs.name;

    const tasks = { service: "ecs-tasks.amazonaws.com", accountId, provider };
    const execution = serviceRole(this, "Execution", { ...tasks, statements: executionStatements(logs.arn, props) });
    const mounting = stateFileSystem === undefined ? [] : [mountStatement(stateFileSystem, stateAccessPoint)];
    const task = serviceRole(this, "Task", { ...tasks, statements: [...statements, ...mounting] });
    this.executionRoleArn = execution.arn;
    this.taskRoleArn = task.arn;

    const definition = new EcsTaskDefinition(this, "Resource", {
      family: this.node.path.replace(/[^\w-]/g, "-").slice(-longestName),
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(props.cpu ?? 1024),
      memory: String(props.memoryMib ?? 2048),
      runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: props.arm ? "ARM64" : "X86_64" },
      executionRoleArn: execution.arn,
      taskRoleArn: task.arn,
      containerDefinitions: JSON.stringify([
        driftCheckContainer({ ...props, image, secrets, logGroup: logs.name, logRegion: logs.region }),
      ]),
      ...(stateFileSystem !== undefined && { volume: [stateVolume(stateFileSystem, stateAccessPoint)] }),
      provider,
    });
    this.taskDefinitionArn = definition.arn;

    const group = new SchedulerScheduleGroup(this, "Group", { provider });
    const scheduler = serviceRole(this, "Scheduler", {
      ...{ service: "scheduler.amazonaws.com", accountId, sourceArn: group.arn, provider },
      statements: schedulerStatements(clusterArn, definition, [execution.arn, task.arn]),
    });
    new SchedulerSchedule(this, "Schedule", {
      groupName: group.name,
      description: `drift-check of ${this.node.path}`.slice(0, longestDescription),
      scheduleExpression: props.schedule ?? "cron(17 */6 * * ? *)",
      flexibleTimeWindow:
        windowMinutes === 0 ? { mode: "OFF" } : { mode: "FLEXIBLE", maximumWindowInMinutes: windowMinutes },
      target: {
        arn: clusterArn,
        roleArn: scheduler.arn,
        // what could not be started within an hour is the next run's
        retryPolicy: { maximumEventAgeInSeconds: 3_600, maximumRetryAttempts: 5 },
        ecsParameters: {
          taskDefinitionArn: definition.arn,
          launchType: "FARGATE",
          taskCount: 1,
          networkConfiguration: {
            subnets: [...props.subnetIds],
            securityGroups: [...props.securityGroupIds],
            assignPublicIp: props.assignPublicIp ?? false,
          },
        },
      },
      provider,
      // a role that may do nothing yet would lose the first run
      dependsOn: [scheduler.policy, execution.policy, task.policy],
    });

    this.topicArn = props.topicArn ?? alarmTopic(this, { provider });
    missingRunAlarm(this, {
      ...{ logGroupName: logs.name, topicArn: this.topicArn, hours: props.missingAfterHours ?? 24, provider },
    });
  }
}

/** CloudWatch Logs API reference, CreateLogGroup. */
const longestLogGroup = 512;
/** ECS API reference, RegisterTaskDefinition, family. */
const longestName = 255;
/** EventBridge Scheduler API reference, CreateSchedule. */
const longestDescription = 512;

function executionStatements(
  logGroupArn: string,
  { image, secrets = {} }: Pick<DriftCheckScheduleProps, "image" | "secrets">,
): RoleStatement[] {
  const repository = repositoryArnOf(image);
  const secretArns = [...new Set(Object.values(secrets).map(({ reference }) => reference))];
  return [
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logGroupArn}:*`] },
    ...(secretArns.length === 0 ? [] : [{ actions: ["secretsmanager:GetSecretValue"], resources: secretArns }]),
    ...(repository === undefined
      ? []
      : [
          { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
          {
            actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            resources: [repository],
          },
        ]),
  ];
}

/** Amazon EFS user guide, "Using IAM to control access to file systems". */
function mountStatement(fileSystem: DeclaredFileSystem, accessPoint: DeclaredFileSystem | undefined): RoleStatement {
  return {
    actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
    resources: [fileSystem.arn],
    conditions: { StringEquals: { "elasticfilesystem:AccessPointArn": accessPoint?.arn ?? "" } },
  };
}

function stateVolume(fileSystem: DeclaredFileSystem, accessPoint: DeclaredFileSystem | undefined) {
  return {
    name: "state",
    efsVolumeConfiguration: {
      fileSystemId: fileSystem.id,
      transitEncryption: "ENABLED",
      authorizationConfig: { accessPointId: accessPoint?.id, iam: "ENABLED" },
    },
  };
}

/** Every revision of this task, in this cluster, with its two roles (EventBridge Scheduler user guide, "Execution role"). */
function schedulerStatements(
  clusterArn: string,
  definition: EcsTaskDefinition,
  roleArns: readonly string[],
): RoleStatement[] {
  return [
    {
      actions: ["ecs:RunTask"],
      resources: [`${definition.arnWithoutRevision}:*`],
      conditions: { ArnEquals: { "ecs:cluster": clusterArn } },
    },
    {
      actions: ["iam:PassRole"],
      resources: roleArns,
      conditions: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
  ];
}
