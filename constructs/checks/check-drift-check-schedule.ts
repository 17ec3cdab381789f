import type { IConstruct } from "constructs";
import type { DriftCheckScheduleProps } from "../drift-check-schedule";
import { isUnknown } from "../is-unknown";
import { mistakeIn, type Mistake } from "../mistake";
import { Secret } from "../secret";

/** Checks what can be known of a schedule before anything is made of it. */
export function checkDriftCheckSchedule(scope: IConstruct, props: DriftCheckScheduleProps): void {
  const refuse = (mistake: Mistake): never => {
    throw mistakeIn(scope, mistake);
  };
  checkPlace(props, refuse);
  checkTimes(props, refuse);
  checkSize(props, refuse);
  checkVariables(scope, props, refuse);
  if ((props.stateFileSystem === undefined) !== (props.stateAccessPoint === undefined))
    refuse({
      what: "one of stateFileSystem and stateAccessPoint is missing",
      source: "Amazon EFS user guide, access points: the user of a mount comes from one",
      fix: "give both, or none",
    });
}

type Refuse = (mistake: Mistake) => never;

function checkPlace(props: DriftCheckScheduleProps, refuse: Refuse): void {
  const { subnetIds, securityGroupIds, clusterArn, statements } = props;
  const source = "ECS developer guide, Fargate tasks: awsvpc needs subnets; at most 16, and 5 security groups";
  if (subnetIds.length === 0 || subnetIds.length > 16)
    refuse({ what: `subnetIds has ${subnetIds.length} entries`, source, fix: "name 1 to 16 subnets" });
  if (securityGroupIds.length === 0 || securityGroupIds.length > 5)
    refuse({ what: `securityGroupIds has ${securityGroupIds.length} entries`, source, fix: "name 1 to 5 groups" });
  if (statements.length === 0)
    refuse({
      what: "statements is empty",
      source: "IAM user guide, policy grammar: a policy has a statement; unexpired: terraform reads the state at least",
      fix: "allow what terraform needs for the stacks; providerStatements has what our provider calls",
    });
  if (!isUnknown(clusterArn) && !/^arn:[\w-]+:ecs:[a-z0-9-]+:\d{12}:cluster\/.+$/.test(clusterArn))
    refuse({
      what: `clusterArn "${clusterArn}" is not the ARN of a cluster`,
      source: "EventBridge Scheduler user guide, RunTask: the target is the cluster's ARN",
      fix: "give arn:aws:ecs:REGION:ACCOUNT:cluster/NAME",
    });
}

function checkTimes(
  { schedule, windowMinutes, missingAfterHours, logRetentionDays }: DriftCheckScheduleProps,
  refuse: Refuse,
): void {
  if (schedule !== undefined && !isUnknown(schedule) && !isExpression(schedule))
    refuse({
      what: `schedule "${schedule}" is not one of EventBridge Scheduler`,
      source: "EventBridge Scheduler user guide, schedule types: rate(VALUE UNIT), or cron() with six fields",
      fix: "write rate(6 hours) or cron(17 */6 * * ? *); one of the two days is a question mark",
    });
  if (windowMinutes !== undefined && !isWhole(windowMinutes, 0, 1_440))
    refuse({
      what: `windowMinutes is ${windowMinutes}`,
      source: "EventBridge Scheduler API reference, FlexibleTimeWindow: 1 to 1440 minutes, or off",
      fix: "give 0 to 1440",
    });
  const hours = missingAfterHours ?? 24;
  if (!isWhole(hours, 1, 168))
    refuse({
      what: `missingAfterHours is ${hours}`,
      source: "CloudWatch API reference, PutMetricAlarm: periods of an hour, for seven days at most",
      fix: "give a whole number from 1 to 168",
    });
  const every = everyHours(schedule);
  if (every !== undefined && every + (windowMinutes ?? 30) / 60 >= hours)
    refuse({
      what: `missingAfterHours is ${hours}, and a run comes every ${every} hours`,
      source: "unexpired: a run that is on time is no alarm",
      fix: "give more hours, or run more often",
    });
  if (logRetentionDays !== undefined && !isUnknown(logRetentionDays) && !retentions.includes(logRetentionDays))
    refuse({
      what: `logRetentionDays is ${logRetentionDays}`,
      source: "CloudWatch Logs API reference, PutRetentionPolicy",
      fix: `give one of ${retentions.join(", ")}`,
    });
}

const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Minute, hour, day of the month, month, day of the week, year; a day of one kind leaves the other open. */
function isExpression(schedule: string): boolean {
  if (/^rate\([1-9]\d* (minute|hour|day)s?\)$/.test(schedule)) return true;
  const fields = /^cron\((.*)\)$/.exec(schedule)?.[1]?.split(" ") ?? [];
  return fields.length === 6 && (fields[2] === "?") !== (fields[4] === "?");
}

/** Of `rate`; a cron expression may mean anything. */
function everyHours(schedule: string | undefined): number | undefined {
  const [, value, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule ?? "") ?? [];
  return value === undefined ? undefined : (Number(value) * (unit === "day" ? 1_440 : unit === "hour" ? 60 : 1)) / 60;
}

function isWhole(value: number, least: number, most: number): boolean {
  return isUnknown(value) || (Number.isInteger(value) && value >= least && value <= most);
}

/** ECS developer guide, "Task CPU and memory": the least and the most MiB, in steps. */
const sizes = new Map([
  [256, { least: 512, most: 2_048, step: 512 }],
  [512, { least: 1_024, most: 4_096, step: 1_024 }],
  [1_024, { least: 2_048, most: 8_192, step: 1_024 }],
  [2_048, { least: 4_096, most: 16_384, step: 1_024 }],
  [4_096, { least: 8_192, most: 30_720, step: 1_024 }],
]);

function checkSize({ cpu = 1_024, memoryMib = 2_048 }: DriftCheckScheduleProps, refuse: Refuse): void {
  if (isUnknown(cpu) || isUnknown(memoryMib)) return;
  const size = sizes.get(cpu);
  const source = "ECS developer guide, task CPU and memory of Fargate";
  if (size === undefined) return refuse({ what: `cpu is ${cpu}`, source, fix: `give ${[...sizes.keys()].join(", ")}` });
  // 256 units have 512, 1024 and 2048 MiB, and nothing between the last two
  const fits = memoryMib >= size.least && memoryMib <= size.most && memoryMib % size.step === 0;
  if (!fits || (cpu === 256 && memoryMib === 1_536))
    refuse({
      what: `memoryMib is ${memoryMib} with cpu ${cpu}`,
      source,
      fix: `give ${size.least} to ${size.most}, in steps of ${cpu === 256 ? "the double" : size.step}`,
    });
}

/** A variable that is called so holds a secret, unless it says where one is. */
const secretName = /(?:SECRET|TOKEN|PASSWORD|PASSPHRASE|PRIVATE_KEY|SECRET_ACCESS_KEY|ACCESS_KEY_ID)$/i;

function checkVariables(
  scope: IConstruct,
  { environment = {}, secrets = {} }: DriftCheckScheduleProps,
  refuse: Refuse,
): void {
  const source = "unexpired: secrets are references, never values, in code, state and plans";
  for (const name of Object.keys(environment)) {
    if (secretName.test(name))
      refuse({ what: `environment has ${name}`, source, fix: "move it to secrets: Secret.secretsManager(ARN)" });
    if (name in secrets)
      refuse({ what: `${name} is in environment and in secrets`, source: "ECS API reference", fix: "leave one out" });
  }
  for (const [name, secret] of Object.entries(secrets)) {
    Secret.check(scope, `secrets.${name}`, secret);
    if (secret.source !== "secretsManager")
      refuse({
        what: `secrets.${name} is a secret of ${secret.source}, which a task does not have`,
        source: "ECS developer guide, passing sensitive data to a container",
        fix: "use Secret.secretsManager(ARN)",
      });
  }
}
