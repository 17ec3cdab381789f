/** The alarms of one region, and what happens when one changes its state. */
import { AwsError } from "../aws-error";
import { MetricAlarm, type AlarmSettings, type AlarmState } from "./metric-alarm";

export interface AlarmsOptions {
  readonly accountId: string;
  readonly region: string;
  /** Newest value of a metric; undefined where there is none. */
  readonly valueOf: (settings: AlarmSettings) => number | undefined;
  /** Publishes to a topic, as CloudWatch does. */
  readonly notify: (topicArn: string, message: { readonly subject: string; readonly body: string }) => void;
}

/** Tags per resource (CloudWatch API reference, TagResource). */
const tagQuota = 50;

export class Alarms {
  private readonly alarms = new Map<string, MetricAlarm>();

  constructor(private readonly options: AlarmsOptions) {}

  /** Makes one, or sets all of one that is there; tags count at creation alone (PutMetricAlarm, Tags). */
  put(settings: AlarmSettings, tags: readonly (readonly [string, string])[], now: Date): void {
    const known = this.alarms.get(settings.name);
    if (known) {
      known.configure(settings, now);
      return;
    }
    const { region, accountId } = this.options;
    const made = new MetricAlarm(
      `arn:aws:cloudwatch:${region}:${accountId}:alarm:${settings.name}`,
      settings,
      now,
      now,
    );
    setTags(made, tags);
    this.alarms.set(settings.name, made);
  }

  all(): readonly MetricAlarm[] {
    return [...this.alarms.values()].sort((one, other) => (one.settings.name < other.settings.name ? -1 : 1));
  }

  /** Of all or none: one that is not there fails the request, unless it is the only one (DeleteAlarms). */
  delete(names: readonly string[]): void {
    const missing = names.filter((name) => !this.alarms.has(name));
    if (names.length > 1 && missing.length > 0)
      throw new AwsError("ResourceNotFound", `Alarms not found: ${missing.join(", ")}`, 404);
    for (const name of names) this.alarms.delete(name);
  }

  byArn(arn: string): MetricAlarm {
    const found = this.all().find((alarm) => alarm.arn === arn);
    if (found) return found;
    throw new AwsError("ResourceNotFoundException", `Unable to find resource ${arn}`, 404);
  }

  addTags(alarm: MetricAlarm, tags: readonly (readonly [string, string])[]): void {
    setTags(alarm, tags);
  }

  /** Looks at every metric once; a change of state is told to the topics that are its actions. */
  evaluate(now: Date): void {
    for (const alarm of this.all()) {
      const { state, reason } = alarm.judge(this.options.valueOf(alarm.settings));
      if (state === alarm.state) continue;
      const before = alarm.state;
      alarm.state = state;
      alarm.reason = `Threshold Crossed: ${reason}`;
      alarm.stateChangedAt = now;
      for (const action of alarm.actions(state).filter((arn) => /^arn:[\w-]+:sns:/.test(arn)))
        this.options.notify(action, {
          subject: `${state}: "${alarm.settings.name}" in ${this.options.region}`.slice(0, 100),
          body: JSON.stringify(this.notification(alarm, before)),
        });
    }
  }

  /** As "Notifying users on alarm changes" of the CloudWatch user guide has it. */
  private notification(alarm: MetricAlarm, before: AlarmState): object {
    const { settings } = alarm;
    return {
      AlarmName: settings.name,
      AlarmDescription: settings.description ?? null,
      AWSAccountId: this.options.accountId,
      AlarmConfigurationUpdatedTimestamp: alarm.configuredAt,
      NewStateValue: alarm.state,
      NewStateReason: alarm.reason,
      StateChangeTime: alarm.stateChangedAt,
      Region: this.options.region,
      AlarmArn: alarm.arn,
      OldStateValue: before,
      OKActions: settings.okActions,
      AlarmActions: settings.alarmActions,
      InsufficientDataActions: settings.insufficientDataActions,
      Trigger: {
        MetricName: settings.metricName,
        Namespace: settings.namespace,
        StatisticType: settings.statistic === undefined ? "ExtendedStatistic" : "Statistic",
        Statistic: settings.statistic?.toUpperCase(),
        Unit: settings.unit ?? null,
        Dimensions: settings.dimensions.map(({ Name, Value }) => ({ name: Name, value: Value })),
        Period: settings.period,
        EvaluationPeriods: settings.evaluationPeriods,
        ComparisonOperator: settings.comparisonOperator,
        Threshold: settings.threshold,
        TreatMissingData: settings.treatMissingData ?? "missing",
      },
    };
  }
}

function setTags(alarm: MetricAlarm, tags: readonly (readonly [string, string])[]): void {
  if (new Set([...alarm.tags.keys(), ...tags.map(([key]) => key)]).size > tagQuota)
    throw new AwsError("LimitExceeded", `a resource can have ${tagQuota} tags at most`);
  for (const [key, value] of tags) alarm.tags.set(key, value);
}
