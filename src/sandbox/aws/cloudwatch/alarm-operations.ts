/** PutMetricAlarm, DescribeAlarms, DeleteAlarms and tags (CloudWatch API reference). */
import { AwsError } from "../aws-error";
import { optionalFlag, optionalNumber, optionalText, records, tagPairs, text, texts, type Input } from "../input";
import { page } from "../page";
import type { Operation, Output } from "../service";
import type { AlarmSettings, MetricAlarm } from "./metric-alarm";

function required(input: Input, name: string): number {
  const value = optionalNumber(input, name);
  if (value !== undefined) return value;
  throw new AwsError("MissingParameter", `The parameter ${name} is required.`);
}

function settingsOf(input: Input): AlarmSettings {
  if (input.Metrics !== undefined)
    throw new AwsError("InvalidParameterCombination", "the sandbox has no alarms on the result of metric math");
  return {
    name: text(input, "AlarmName"),
    description: optionalText(input, "AlarmDescription"),
    actionsEnabled: optionalFlag(input, "ActionsEnabled") ?? true,
    okActions: texts(input, "OKActions"),
    alarmActions: texts(input, "AlarmActions"),
    insufficientDataActions: texts(input, "InsufficientDataActions"),
    namespace: text(input, "Namespace"),
    metricName: text(input, "MetricName"),
    dimensions: records(input, "Dimensions").map((each) => ({ Name: text(each, "Name"), Value: text(each, "Value") })),
    statistic: optionalText(input, "Statistic"),
    extendedStatistic: optionalText(input, "ExtendedStatistic"),
    period: required(input, "Period"),
    unit: optionalText(input, "Unit"),
    evaluationPeriods: required(input, "EvaluationPeriods"),
    datapointsToAlarm: optionalNumber(input, "DatapointsToAlarm"),
    threshold: required(input, "Threshold"),
    comparisonOperator: text(input, "ComparisonOperator"),
    treatMissingData: optionalText(input, "TreatMissingData"),
    evaluateLowSampleCountPercentile: optionalText(input, "EvaluateLowSampleCountPercentile"),
  };
}

function alarmOutput({ arn, settings, state, reason, configuredAt, stateChangedAt }: MetricAlarm): Output {
  return {
    AlarmName: settings.name,
    AlarmArn: arn,
    AlarmDescription: settings.description,
    AlarmConfigurationUpdatedTimestamp: configuredAt,
    ActionsEnabled: settings.actionsEnabled,
    OKActions: settings.okActions,
    AlarmActions: settings.alarmActions,
    InsufficientDataActions: settings.insufficientDataActions,
    StateValue: state,
    StateReason: reason,
    StateUpdatedTimestamp: stateChangedAt,
    StateTransitionedTimestamp: stateChangedAt,
    MetricName: settings.metricName,
    Namespace: settings.namespace,
    Statistic: settings.statistic,
    ExtendedStatistic: settings.extendedStatistic,
    Dimensions: settings.dimensions,
    Period: settings.period,
    Unit: settings.unit,
    EvaluationPeriods: settings.evaluationPeriods,
    DatapointsToAlarm: settings.datapointsToAlarm,
    Threshold: settings.threshold,
    ComparisonOperator: settings.comparisonOperator,
    TreatMissingData: settings.treatMissingData,
    EvaluateLowSampleCountPercentile: settings.evaluateLowSampleCountPercentile,
  };
}

const alarmName = (input: Input) => optionalText(input, "AlarmName");
const resourceArn = (input: Input) => optionalText(input, "ResourceARN");

const putMetricAlarm: Operation = {
  subject: alarmName,
  run(input, { region, now }) {
    region.alarms.put(settingsOf(input), tagPairs(input), now);
    return {};
  },
};

const describeAlarms: Operation = {
  subject: (input) => texts(input, "AlarmNames").join(","),
  reads: true,
  run(input, { region, pageSize }) {
    const names = texts(input, "AlarmNames");
    const prefix = optionalText(input, "AlarmNamePrefix") ?? "";
    const types = texts(input, "AlarmTypes");
    const state = optionalText(input, "StateValue");
    const found = region.alarms
      .all()
      .filter(() => types.length === 0 || types.includes("MetricAlarm"))
      .filter(({ settings }) => (names.length > 0 ? names.includes(settings.name) : settings.name.startsWith(prefix)))
      .filter((alarm) => state === undefined || alarm.state === state);
    const { items, next } = page(found, {
      token: optionalText(input, "NextToken"),
      size: pageSize(optionalNumber(input, "MaxRecords"), 100),
      idOf: ({ arn }) => arn,
    });
    return { CompositeAlarms: [], MetricAlarms: items.map(alarmOutput), NextToken: next };
  },
};

const deleteAlarms: Operation = {
  subject: (input) => texts(input, "AlarmNames").join(","),
  run(input, { region }) {
    region.alarms.delete(texts(input, "AlarmNames"));
    return {};
  },
};

const listTags: Operation = {
  subject: resourceArn,
  reads: true,
  run: (input, { region }) => ({
    Tags: [...region.alarms.byArn(text(input, "ResourceARN")).tags].map(([Key, Value]) => ({ Key, Value })),
  }),
};

const tagResource: Operation = {
  subject: resourceArn,
  run(input, { region }) {
    region.alarms.addTags(region.alarms.byArn(text(input, "ResourceARN")), tagPairs(input));
    return {};
  },
};

const untagResource: Operation = {
  subject: resourceArn,
  run(input, { region }) {
    const { tags } = region.alarms.byArn(text(input, "ResourceARN"));
    for (const key of texts(input, "TagKeys")) tags.delete(key);
    return {};
  },
};

export const alarmOperations = {
  PutMetricAlarm: putMetricAlarm,
  DescribeAlarms: describeAlarms,
  DeleteAlarms: deleteAlarms,
  ListTagsForResource: listTags,
  TagResource: tagResource,
  UntagResource: untagResource,
};
