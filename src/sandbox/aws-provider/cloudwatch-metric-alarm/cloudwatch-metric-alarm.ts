/** `aws_cloudwatch_metric_alarm`: an alarm on one metric. */
import { applyTagChange } from "../apply-tag-change";
import { sdk } from "../../../aws/sdk";
import { AppError } from "../../../platform/errors";
import { defineResource, type ResourceOperations } from "../../../provider/rpc/resource";
import type { AppliedPlanOf, PriorOf, StateOf } from "../../../provider/schema";
import { known } from "../known";
import { planRegion } from "../plan-region";
import { planTagsAll, tagsState } from "../plan-tags";
import type { CloudWatch } from "../service-clients";
import type { StandInData } from "../stand-in-data";
import { metricAlarmSchema, validateMetricAlarm } from "./cloudwatch-metric-alarm-schema";

type Schema = typeof metricAlarmSchema;
type State = StateOf<Schema>;
type Alarm = NonNullable<Awaited<ReturnType<typeof describe>>>;

const operations: ResourceOperations<Schema, StandInData> = {
  plan: ({ config, proposed }, { data }) =>
    Promise.resolve({
      planned: {
        ...proposed,
        region: planRegion(config.region, proposed.region, data),
        tags_all: planTagsAll(proposed.tags),
      },
    }),

  async create({ config, planned }, { data, signal, checkpoint }) {
    const region = config.region ?? data.region;
    const calls = data.services.cloudWatch(region);
    const name = planned.alarm_name;
    // PutMetricAlarm would set the other one anew
    if ((await describe(calls, name, signal)) !== undefined)
      throw new AppError("aws_request", `CloudWatch metric alarm "${name}" already exists`, {
        hint: "import it, or choose another name",
      });
    const Tags = Object.entries(planned.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
    await put(calls, planned, signal, Tags);
    checkpoint({ id: name, alarm_name: name, region });
    return { state: await stateOf(calls, name, { ...planned, region }, signal) };
  },

  async read({ state }, { data, signal }) {
    const region = state.region ?? data.region;
    const calls = data.services.cloudWatch(region);
    const name = nameOf(state);
    if ((await describe(calls, name, signal)) === undefined) return null;
    return { state: await stateOf(calls, name, { ...state, region }, signal) };
  },

  async update({ prior, planned }, { data, signal }) {
    const region = prior.region ?? data.region;
    const calls = data.services.cloudWatch(region);
    await put(calls, planned, signal);
    const ResourceARN = prior.arn ?? "";
    await applyTagChange(prior.tags, planned.tags, {
      untag: (TagKeys) =>
        calls.call("UntagResource", ResourceARN, signal, (client, options) =>
          client.send(new (sdk.cloudWatch().UntagResourceCommand)({ ResourceARN, TagKeys }), options),
        ),
      tag: (Tags) =>
        calls.call("TagResource", ResourceARN, signal, (client, options) =>
          client.send(new (sdk.cloudWatch().TagResourceCommand)({ ResourceARN, Tags }), options),
        ),
    });
    return { state: await stateOf(calls, nameOf(prior), { ...planned, region }, signal) };
  },

  async delete({ state }, { data, signal }) {
    const name = nameOf(state);
    await data.services
      .cloudWatch(state.region ?? data.region)
      .call("DeleteAlarms", name, signal, (client, options) =>
        client.send(new (sdk.cloudWatch().DeleteAlarmsCommand)({ AlarmNames: [name] }), options),
      );
  },

  importState: (id) => Promise.resolve({ state: { id, alarm_name: id } }),
};

async function describe(calls: CloudWatch, name: string, signal: AbortSignal) {
  const { MetricAlarms } = await calls.call("DescribeAlarms", name, signal, (client, options) =>
    client.send(
      new (sdk.cloudWatch().DescribeAlarmsCommand)({ AlarmNames: [name], AlarmTypes: ["MetricAlarm"] }),
      options,
    ),
  );
  return MetricAlarms?.[0];
}

async function put(
  calls: CloudWatch,
  planned: AppliedPlanOf<Schema>,
  signal: AbortSignal,
  Tags?: { Key: string; Value: string }[],
): Promise<void> {
  const actions = (arns: readonly string[] | null) => (arns === null ? undefined : [...arns]);
  const input = {
    AlarmName: planned.alarm_name,
    AlarmDescription: planned.alarm_description ?? undefined,
    ActionsEnabled: planned.actions_enabled,
    OKActions: actions(planned.ok_actions),
    AlarmActions: actions(planned.alarm_actions),
    InsufficientDataActions: actions(planned.insufficient_data_actions),
    MetricName: planned.metric_name ?? undefined,
    Namespace: planned.namespace ?? undefined,
    Statistic: planned.statistic ?? undefined,
    ExtendedStatistic: planned.extended_statistic ?? undefined,
    Dimensions: Object.entries(planned.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
    Period: planned.period ?? undefined,
    Unit: (planned.unit ?? undefined) as Alarm["Unit"],
    EvaluationPeriods: planned.evaluation_periods,
    DatapointsToAlarm: planned.datapoints_to_alarm ?? undefined,
    Threshold: planned.threshold ?? undefined,
    ComparisonOperator: planned.comparison_operator,
    TreatMissingData: planned.treat_missing_data,
    EvaluateLowSampleCountPercentile: known(planned.evaluate_low_sample_count_percentiles),
    Tags,
  };
  await calls.call("PutMetricAlarm", planned.alarm_name, signal, (client, options) =>
    client.send(new (sdk.cloudWatch().PutMetricAlarmCommand)(input), options),
  );
}

type Kept = Pick<PriorOf<Schema>, "tags" | "ok_actions" | "alarm_actions" | "insufficient_data_actions"> & {
  readonly region: string;
};

async function stateOf(calls: CloudWatch, name: string, kept: Kept, signal: AbortSignal): Promise<State> {
  const alarm = await describe(calls, name, signal);
  if (alarm?.AlarmArn === undefined) throw new AppError("aws_request", `DescribeAlarms answered without "${name}"`);
  const ResourceARN = alarm.AlarmArn;
  const { Tags = [] } = await calls.call("ListTagsForResource", ResourceARN, signal, (client, options) =>
    client.send(new (sdk.cloudWatch().ListTagsForResourceCommand)({ ResourceARN }), options),
  );
  const dimensions = (alarm.Dimensions ?? []).map(({ Name, Value }) => [Name ?? "", Value ?? ""] as const);
  const actions = (arns: string[] = [], before: readonly string[] | null) =>
    before === null && arns.length === 0 ? null : arns;
  const { EvaluateLowSampleCountPercentile: lowSamples } = alarm;
  return {
    actions_enabled: alarm.ActionsEnabled ?? true,
    alarm_actions: actions(alarm.AlarmActions, kept.alarm_actions),
    alarm_description: alarm.AlarmDescription ?? null,
    alarm_name: name,
    arn: ResourceARN,
    comparison_operator: alarm.ComparisonOperator as State["comparison_operator"],
    datapoints_to_alarm: alarm.DatapointsToAlarm ?? null,
    dimensions: dimensions.length === 0 ? null : Object.fromEntries(dimensions),
    evaluate_low_sample_count_percentiles: (lowSamples ?? null) as State["evaluate_low_sample_count_percentiles"],
    evaluation_periods: alarm.EvaluationPeriods ?? 0,
    extended_statistic: alarm.ExtendedStatistic ?? null,
    id: name,
    insufficient_data_actions: actions(alarm.InsufficientDataActions, kept.insufficient_data_actions),
    metric_name: alarm.MetricName ?? null,
    namespace: alarm.Namespace ?? null,
    ok_actions: actions(alarm.OKActions, kept.ok_actions),
    period: alarm.Period ?? null,
    region: kept.region,
    statistic: alarm.Statistic ?? null,
    ...tagsState(kept.tags, Object.fromEntries(Tags.map(({ Key, Value }) => [Key ?? "", Value ?? ""]))),
    threshold: alarm.Threshold ?? null,
    threshold_metric_id: null,
    treat_missing_data: (alarm.TreatMissingData ?? "missing") as State["treat_missing_data"],
    unit: alarm.Unit ?? null,
    metric_query: [],
  };
}

function nameOf({ alarm_name, id }: Pick<PriorOf<Schema>, "alarm_name" | "id">): string {
  const name = alarm_name ?? id;
  if (name === null) throw new AppError("internal", "the state of aws_cloudwatch_metric_alarm has no name");
  return name;
}

export const cloudWatchMetricAlarm = defineResource<Schema, StandInData, never>({
  typeName: "aws_cloudwatch_metric_alarm",
  schema: metricAlarmSchema,
  validate: validateMetricAlarm,
  load: () => Promise.resolve(operations),
});
