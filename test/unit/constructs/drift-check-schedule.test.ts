import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DriftCheckSchedule, providerStatements, Secret, type DriftCheckScheduleProps } from "../../../constructs";
import { toText } from "../../../src/drift/report/text";
import { manyOutcomes } from "../../support/drift/many-outcomes";
import { makeStack, onlyResource, synthesize } from "../../support/synthesize-stack";

const clusterArn = "arn:aws:ecs:us-east-1:111122223333:cluster/infra";
const topicArn = "arn:aws:sns:us-east-1:111122223333:on-call";
const secretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:chat-AbCdEf";
const fileSystem = { id: "fs-1", arn: "arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/fs-1" };
const accessPoint = { id: "fsap-1", arn: "arn:aws:elasticfilesystem:us-east-1:111122223333:access-point/fsap-1" };
const readState = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::infra-state/*"] };

function declare(props: Partial<DriftCheckScheduleProps> = {}) {
  const stack = makeStack();
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  const schedule = new DriftCheckSchedule(stack, "drift-check", {
    image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/infra:1.4.0",
    clusterArn,
    subnetIds: ["subnet-1"],
    securityGroupIds: ["sg-1"],
    statements: [readState],
    ...props,
  });
  return { stack, schedule };
}

type Declared = ReturnType<typeof declare>["stack"];

/** Statements of a role's policy, and who may take the role on; by the name that the construct gives it. */
function role(stack: Declared, id: string) {
  const { resource } = synthesize(stack);
  const [, policy] =
    Object.entries(resource.aws_iam_role_policy ?? {}).find(([name]) => name.includes(`_${id}Policy_`)) ?? [];
  const [, own] = Object.entries(resource.aws_iam_role ?? {}).find(([name]) => name.includes(`_${id}Role_`)) ?? [];
  const statementsOf = (text: unknown) =>
    (JSON.parse(String(text)) as { readonly Statement: readonly Readonly<Record<string, unknown>>[] }).Statement;
  return { statements: statementsOf(policy?.policy), trust: statementsOf(own?.assume_role_policy)[0] };
}

function container(stack: Declared): Readonly<Record<string, unknown>> {
  const [first] = JSON.parse(String(onlyResource(stack, "aws_ecs_task_definition").container_definitions)) as object[];
  return first as Readonly<Record<string, unknown>>;
}

const ref = (type: string, attribute: string) =>
  expect.stringMatching(`^\\$\\{${type}\\.\\w+(-\\w+)*\\.${attribute}\\}$`) as string;
const account = ref("data.aws_caller_identity", "account_id");

test("a run every six hours, as one task of Fargate", () => {
  const { stack } = declare();
  expect(onlyResource(stack, "aws_scheduler_schedule")).toMatchObject({
    schedule_expression: "cron(17 */6 * * ? *)",
    flexible_time_window: { mode: "FLEXIBLE", maximum_window_in_minutes: 30 },
    group_name: ref("aws_scheduler_schedule_group", "name"),
    target: {
      arn: clusterArn,
      retry_policy: { maximum_event_age_in_seconds: 3600, maximum_retry_attempts: 5 },
      ecs_parameters: {
        launch_type: "FARGATE",
        task_count: 1,
        task_definition_arn: ref("aws_ecs_task_definition", "arn"),
        network_configuration: { subnets: ["subnet-1"], security_groups: ["sg-1"], assign_public_ip: false },
      },
    },
  });
  expect(onlyResource(stack, "aws_ecs_task_definition")).toMatchObject({
    family: "infra-drift-check",
    requires_compatibilities: ["FARGATE"],
    network_mode: "awsvpc",
    cpu: "1024",
    memory: "2048",
    runtime_platform: { cpu_architecture: "X86_64", operating_system_family: "LINUX" },
  });
  expect(container(stack)).toMatchObject({
    command: ["drift-check", "run", "--apply"],
    environment: [{ name: "TF_IN_AUTOMATION", value: "1" }],
    secrets: [],
    stopTimeout: 120,
    logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": ref("aws_cloudwatch_log_group", "name") } },
  });
  expect(onlyResource(stack, "aws_cloudwatch_log_group")).toMatchObject({
    name: "/drift-check/infra/drift-check",
    retention_in_days: 90,
  });
});

test("the schedule may start this task in this cluster with its two roles, and nothing else", () => {
  const { statements, trust } = role(declare().stack, "Scheduler");
  expect(statements).toEqual([
    {
      Effect: "Allow",
      Action: ["ecs:RunTask"],
      Resource: [expect.stringMatching(/^\$\{aws_ecs_task_definition\.\S+\.arn_without_revision\}:\*$/) as string],
      Condition: { ArnEquals: { "ecs:cluster": clusterArn } },
    },
    {
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: [ref("aws_iam_role", "arn"), ref("aws_iam_role", "arn")],
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
  ]);
  expect(trust).toEqual({
    Effect: "Allow",
    Principal: { Service: "scheduler.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": account, "aws:SourceArn": ref("aws_scheduler_schedule_group", "arn") },
    },
  });
});

test("the schedule waits for what its roles may do", () => {
  const { depends_on } = onlyResource(declare().stack, "aws_scheduler_schedule");
  expect(depends_on).toHaveLength(3);
});

test("ECS may fetch the image, read the secrets named, and write the log", () => {
  const secrets = { CHAT: Secret.secretsManager(secretArn) };
  const { stack } = declare({ secrets });
  const { statements, trust } = role(stack, "Execution");
  expect(statements.map(({ Action, Resource }) => [Action, Resource])).toEqual([
    [
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      [expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.\S+\.arn\}:\*$/)],
    ],
    [["secretsmanager:GetSecretValue"], [secretArn]],
    [["ecr:GetAuthorizationToken"], ["*"]],
    [
      ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      ["arn:aws:ecr:us-east-1:111122223333:repository/team/infra"],
    ],
  ]);
  expect(trust).toMatchObject({
    Principal: { Service: "ecs-tasks.amazonaws.com" },
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  });
  expect(container(stack).secrets).toEqual([{ name: "CHAT", valueFrom: secretArn }]);
});

test("an image of another registry needs no right in ECR", () => {
  const { stack } = declare({ image: "ghcr.io/example/infra@sha256:0f" });
  expect(JSON.stringify(role(stack, "Execution").statements)).not.toContain("ecr:");
});

test("a run may do what it is given, and mount its state", () => {
  const { stack } = declare({ stateFileSystem: fileSystem, stateAccessPoint: accessPoint });
  expect(role(stack, "Task").statements).toEqual([
    { Effect: "Allow", Action: readState.actions, Resource: readState.resources },
    {
      Effect: "Allow",
      Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      Resource: [fileSystem.arn],
      Condition: { StringEquals: { "elasticfilesystem:AccessPointArn": accessPoint.arn } },
    },
  ]);
  expect(onlyResource(stack, "aws_ecs_task_definition").volume).toEqual([
    {
      name: "state",
      efs_volume_configuration: {
        file_system_id: "fs-1",
        transit_encryption: "ENABLED",
        authorization_config: { access_point_id: "fsap-1", iam: "ENABLED" },
      },
    },
  ]);
  expect(container(stack)).toMatchObject({
    mountPoints: [{ sourceVolume: "state", containerPath: "/var/lib/drift-check" }],
    environment: [{ name: "TF_IN_AUTOMATION" }, { name: "UNEXPIRED_STATE_DIR", value: "/var/lib/drift-check" }],
  });
});

test("an alarm where the log has had no report; no data is a missing run", () => {
  const { stack, schedule } = declare({ topicArn, missingAfterHours: 12 });
  const filter = onlyResource(stack, "aws_cloudwatch_log_metric_filter");
  const { name: metricName, namespace } = filter.metric_transformation as Readonly<Record<string, string>>;
  expect(onlyResource(stack, "aws_cloudwatch_metric_alarm")).toMatchObject({
    alarm_name: "infra/drift-check: no drift-check for 12 hours",
    metric_name: metricName,
    namespace,
    statistic: "Sum",
    period: 3600,
    evaluation_periods: 12,
    datapoints_to_alarm: 12,
    comparison_operator: "LessThanThreshold",
    threshold: 1,
    treat_missing_data: "breaching",
    alarm_actions: [topicArn],
    ok_actions: [topicArn],
  });
  expect(schedule.topicArn).toBe(topicArn);
  expect(synthesize(stack).resource).not.toHaveProperty("aws_sns_topic");
});

test("what the alarm counts is the head of every report, and stands in one line", () => {
  const { pattern } = onlyResource(declare().stack, "aws_cloudwatch_log_metric_filter");
  const matches = (line: string) =>
    String(pattern)
      .split(" ")
      .every((word) => line.includes(word));
  const lines = [{ ...manyOutcomes, reports: [] }, manyOutcomes].map((run) => toText(run).split("\n").filter(matches));
  expect(lines.map(({ length }) => length)).toEqual([1, 1]);
});

test("every setting has its place", () => {
  const { stack } = declare({
    ...{ apply: false, words: ["dns", "--json", "run.json"], schedule: "rate(2 hours)", windowMinutes: 0, arm: true },
    ...{ cpu: 256, memoryMib: 512, assignPublicIp: true, logRetentionDays: 365, environment: { ZONE: "example.gov" } },
  });
  expect(container(stack)).toMatchObject({
    command: ["drift-check", "run", "dns", "--json", "run.json"],
    environment: [{ name: "TF_IN_AUTOMATION" }, { name: "ZONE", value: "example.gov" }],
  });
  expect(onlyResource(stack, "aws_scheduler_schedule")).toMatchObject({
    schedule_expression: "rate(2 hours)",
    flexible_time_window: { mode: "OFF" },
    target: { ecs_parameters: { network_configuration: { assign_public_ip: true } } },
  });
  expect(onlyResource(stack, "aws_ecs_task_definition")).toMatchObject({
    ...{ cpu: "256", memory: "512", runtime_platform: { cpu_architecture: "ARM64" } },
  });
  expect(onlyResource(stack, "aws_cloudwatch_log_group").retention_in_days).toBe(365);
});

test("what the provider calls is what docs/reference/iam-policy.json has", () => {
  const file = join(__dirname, "../../../docs/reference/iam-policy.json");
  const { Statement } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly Statement: readonly {
      readonly Action: readonly string[];
      readonly Resource: string | readonly string[];
    }[];
  };
  expect(providerStatements("111122223333")).toEqual(
    Statement.map(({ Action, Resource }) => ({ actions: Action, resources: [Resource].flat() })),
  );
});

const literal = "planted-literal" as unknown as Secret;

test.each<[string, Partial<DriftCheckScheduleProps>, RegExp]>([
  ["no subnet", { subnetIds: [] }, /subnetIds has 0 entries .*name 1 to 16/],
  ["six security groups", { securityGroupIds: ["1", "2", "3", "4", "5", "6"] }, /securityGroupIds has 6 entries/],
  ["no statement", { statements: [] }, /statements is empty .*providerStatements/],
  ["the name of a cluster", { clusterArn: "infra" }, /clusterArn "infra" is not the ARN .*give arn:aws:ecs/],
  ["cron of five fields", { schedule: "17 */6 * * *" }, /schedule "17 \*\/6 \* \* \*" is not .*cron\(17/],
  ["both days of cron", { schedule: "cron(17 4 1 * 2 *)" }, /one of the two days is a question mark/],
  ["a window of two days", { windowMinutes: 2880 }, /windowMinutes is 2880 .*give 0 to 1440/],
  ["an alarm after a month", { missingAfterHours: 720 }, /missingAfterHours is 720 .*from 1 to 168/],
  [
    "an alarm before the next run",
    { schedule: "rate(1 day)" },
    /missingAfterHours is 24, and a run comes every 24 hours/,
  ],
  ["a retention that CloudWatch does not have", { logRetentionDays: 100 }, /logRetentionDays is 100 .*90, 120/],
  ["more memory than the CPU has", { cpu: 256, memoryMib: 4096 }, /memoryMib is 4096 with cpu 256/],
  ["a size that Fargate does not have", { cpu: 300 }, /cpu is 300 .*256, 512/],
  ["a secret in the environment", { environment: { DB_PASSWORD: "planted-literal" } }, /environment has DB_PASSWORD/],
  ["a literal secret", { secrets: { CHAT: literal } }, /secrets\.CHAT is a literal/],
  ["a secret of the environment", { secrets: { CHAT: Secret.environment("CHAT") } }, /a secret of environment, which/],
  [
    "a variable twice",
    { environment: { CHAT: "1" }, secrets: { CHAT: Secret.secretsManager(secretArn) } },
    /CHAT is in environment and in secrets/,
  ],
  [
    "a file system without an access point",
    { stateFileSystem: fileSystem },
    /one of stateFileSystem and stateAccessPoint/,
  ],
])("%s is refused", (_, props, message) => {
  expect(() => declare(props)).toThrow(message);
  expect(() => declare(props)).not.toThrow(/planted-literal/);
});
