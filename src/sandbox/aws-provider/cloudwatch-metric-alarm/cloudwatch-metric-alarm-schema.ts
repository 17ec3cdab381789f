/** Schema and rules of `aws_cloudwatch_metric_alarm`, as hashicorp/aws 6 has them (internal/service/cloudwatch/metric_alarm.go). */
import {
  bool,
  computed,
  defineSchema,
  integerBetween,
  itemCount,
  listBlock,
  map,
  matching,
  number,
  oneOf,
  optional,
  optionalComputed,
  required,
  set,
  setBlock,
  string,
  type ConfigOf,
  type Diagnostics,
} from "../../../provider/schema";
import { refuseUnimplemented } from "../refuse-unimplemented";

const comparisons = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
  "LessThanLowerOrGreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "GreaterThanUpperThreshold",
] as const;

const arn = matching(/^arn:[\w-]+:[\w-]+:/, "an ARN");

export const metricAlarmSchema = defineSchema({
  description: "Sandbox stand-in for aws_cloudwatch_metric_alarm of hashicorp/aws.",
  attributes: {
    actions_enabled: optional(bool, { default: true }),
    alarm_actions: optional(set(string, { each: arn })),
    alarm_description: optional(string, { validate: matching(/^[^]{0,1024}$/, "at most 1024 characters") }),
    alarm_name: required(string, {
      requiresReplace: true,
      validate: matching(/^[^]{1,255}$/, "of 1 to 255 characters"),
    }),
    arn: computed(string),
    comparison_operator: required(oneOf(comparisons)),
    datapoints_to_alarm: optional(number, { validate: integerBetween({ min: 1 }) }),
    dimensions: optional(map(string)),
    evaluate_low_sample_count_percentiles: optionalComputed(oneOf(["evaluate", "ignore"])),
    evaluation_periods: required(number, { validate: integerBetween({ min: 1 }) }),
    extended_statistic: optional(string),
    id: optionalComputed(string),
    insufficient_data_actions: optional(set(string, { each: arn }), { validate: itemCount({ max: 5 }) }),
    metric_name: optional(string),
    namespace: optional(string),
    ok_actions: optional(set(string, { each: arn }), { validate: itemCount({ max: 5 }) }),
    period: optional(number, { validate: matchingPeriod }),
    region: optionalComputed(string, { requiresReplace: true }),
    statistic: optional(oneOf(["SampleCount", "Average", "Sum", "Minimum", "Maximum"])),
    tags: optional(map(string)),
    tags_all: optionalComputed(map(string)),
    threshold: optional(number),
    threshold_metric_id: optional(string),
    treat_missing_data: optional(oneOf(["breaching", "notBreaching", "ignore", "missing"]), { default: "missing" }),
    unit: optional(string),
  },
  blocks: {
    metric_query: setBlock({
      attributes: {
        account_id: optional(string),
        expression: optional(string),
        id: required(string),
        label: optional(string),
        period: optional(number),
        return_data: optional(bool, { default: false }),
      },
      blocks: {
        metric: listBlock({
          maxItems: 1,
          attributes: {
            dimensions: optional(map(string)),
            metric_name: required(string),
            namespace: optional(string),
            period: required(number),
            stat: required(string),
            unit: optional(string),
          },
        }),
      },
    }),
  },
});

function matchingPeriod(period: number): void {
  if (![10, 20, 30].includes(period)) integerBetween({ min: 1 })(period / 60);
}

export function validateMetricAlarm(config: ConfigOf<typeof metricAlarmSchema>, diagnostics: Diagnostics): void {
  refuseUnimplemented(config, ["id", "metric_query", "tags_all", "threshold_metric_id"], diagnostics);
  for (const name of ["metric_name", "namespace", "period", "threshold"] as const)
    if (config[name] === null) diagnostics.error(`${name} must be set in the sandbox`, { path: [name] });
  if ((config.statistic === null) === (config.extended_statistic === null))
    diagnostics.error("one of statistic and extended_statistic must be set", { path: ["statistic"] });
}
