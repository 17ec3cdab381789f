import { AwsError } from "../aws-error";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

/** What PutMetricAlarm sets; every call sets all of it (CloudWatch API reference). */
export interface AlarmSettings {
  readonly name: string;
  readonly description?: string;
  readonly actionsEnabled: boolean;
  readonly okActions: readonly string[];
  readonly alarmActions: readonly string[];
  readonly insufficientDataActions: readonly string[];
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly Dimension[];
  readonly statistic?: string;
  readonly extendedStatistic?: string;
  readonly period: number;
  readonly unit?: string;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm?: number;
  readonly threshold: number;
  readonly comparisonOperator: string;
  readonly treatMissingData?: string;
  readonly evaluateLowSampleCountPercentile?: string;
}

const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** Where no data comes, by `TreatMissingData`; `ignore` keeps the state (CloudWatch user guide, "Missing data"). */
const withoutData: Readonly<Record<string, AlarmState>> = {
  breaching: "ALARM",
  notBreaching: "OK",
  missing: "INSUFFICIENT_DATA",
};

const statistics = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

/** An alarm on one metric. */
export class MetricAlarm {
  readonly tags = new Map<string, string>();
  /** It begins without data (CloudWatch user guide, "Alarm states"). */
  state: AlarmState = "INSUFFICIENT_DATA";
  reason = "Unchecked: Initial alarm creation";
  private current: AlarmSettings;

  constructor(
    readonly arn: string,
    settings: AlarmSettings,
    public configuredAt: Date,
    public stateChangedAt: Date,
  ) {
    checkSettings(settings);
    this.current = settings;
  }

  get settings(): AlarmSettings {
    return this.current;
  }

  /** Its state stays (PutMetricAlarm: an update leaves the state as it is). */
  configure(settings: AlarmSettings, now: Date): void {
    checkSettings(settings);
    this.current = settings;
    this.configuredAt = now;
  }

  /** What follows from the newest value of the metric; undefined where it has none. */
  judge(value: number | undefined): { readonly state: AlarmState; readonly reason: string } {
    const { treatMissingData = "missing", comparisonOperator, threshold } = this.current;
    if (value === undefined)
      return {
        state: withoutData[treatMissingData] ?? this.state,
        reason: `no datapoints were received for 1 period and 1 missing datapoint was treated as [${treatMissingData}].`,
      };
    const crossed = comparisons[comparisonOperator]?.(value, threshold) === true;
    return {
      state: crossed ? "ALARM" : "OK",
      reason: `1 datapoint [${value}] was ${crossed ? "" : "not "}${comparisonOperator} (${threshold}).`,
    };
  }

  actions(state: AlarmState): readonly string[] {
    const { actionsEnabled, okActions, alarmActions, insufficientDataActions } = this.current;
    if (!actionsEnabled) return [];
    return { OK: okActions, ALARM: alarmActions, INSUFFICIENT_DATA: insufficientDataActions }[state];
  }
}

/** CloudWatch API reference, PutMetricAlarm. */
function checkSettings(settings: AlarmSettings): void {
  const { name, description = "", statistic, extendedStatistic, period, evaluationPeriods, threshold } = settings;
  const refuse = (member: string, rule: string): never => {
    throw new AwsError("ValidationError", `The parameter ${member} ${rule}`);
  };
  if (name.length > 255) refuse("AlarmName", "must be of at most 255 characters");
  if (description.length > 1024) refuse("AlarmDescription", "must be of at most 1024 characters");
  if ((statistic === undefined) === (extendedStatistic === undefined))
    refuse("Statistic", "and ExtendedStatistic: exactly one of them must be given");
  if (statistic !== undefined && !statistics.includes(statistic)) refuse("Statistic", `has no value ${statistic}`);
  if (comparisons[settings.comparisonOperator] === undefined)
    refuse("ComparisonOperator", `has no value ${settings.comparisonOperator} for a metric`);
  if (!Number.isFinite(threshold)) refuse("Threshold", "must be a number");
  if (![10, 20, 30].includes(period) && !(period > 0 && period % 60 === 0))
    refuse("Period", "must be 10, 20, 30 or a multiple of 60");
  if (!(Number.isInteger(evaluationPeriods) && evaluationPeriods >= 1)) refuse("EvaluationPeriods", "must be from 1");
  // "EvaluationPeriods": one day, or seven where the periods are an hour or longer.
  const longest = period >= 3600 ? 7 * 86_400 : 86_400;
  if (period * evaluationPeriods > longest)
    refuse("EvaluationPeriods", `times Period must be at most ${longest} seconds`);
  const { treatMissingData = "missing" } = settings;
  if (treatMissingData !== "ignore" && withoutData[treatMissingData] === undefined)
    refuse("TreatMissingData", `has no value ${treatMissingData}`);
  for (const actions of [settings.okActions, settings.alarmActions, settings.insufficientDataActions]) {
    if (actions.length > 5) refuse("Actions", "must be at most five for each state");
    for (const action of actions)
      if (!/^arn:[\w-]+:[\w-]+:/.test(action)) throw new AwsError("ValidationError", `Invalid arn syntax: ${action}`);
  }
}
