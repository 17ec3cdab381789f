import type { Construct } from "constructs";
import { CloudwatchLogMetricFilter, CloudwatchMetricAlarm, type TerraformProvider } from "./engine";

export interface MissingRunAlarmOptions {
  readonly logGroupName: string;
  readonly topicArn: string;
  readonly hours: number;
  readonly provider?: TerraformProvider;
}

/**
 * Every run prints a table at its end, and the head of the table is the sign that there was a run; all these words must
 * be on one line (CloudWatch Logs user guide, "Filter pattern syntax").
 */
const headOfReport = "STACK OUTCOME PLAN CHECKSUM";

const namespace = "Unexpired/DriftCheck";

/** An alarm once the log has had no report for so many hours. No data is bad news: that is what a missing run is. */
export function missingRunAlarm(scope: Construct, { logGroupName, topicArn, hours, provider }: MissingRunAlarmOptions) {
  const path = scope.node.path;
  const metricName = `Reports-${path}`.replace(/[^\w./#:-]/g, "-").slice(-longestName);
  new CloudwatchLogMetricFilter(scope, "Reports", {
    name: "reports",
    logGroupName,
    pattern: headOfReport,
    metricTransformation: { namespace, name: metricName, value: "1" },
    provider,
  });
  new CloudwatchMetricAlarm(scope, "MissingRun", {
    alarmName: `${path}: no drift-check for ${hours} hours`.slice(-longestName),
    alarmDescription: `No run of drift-check has come to its report for ${hours} hours, so nothing is renewed. See the log ${logGroupName}, and whether the schedule is on.`,
    namespace,
    metricName,
    statistic: "Sum",
    period: 3_600,
    evaluationPeriods: hours,
    datapointsToAlarm: hours,
    comparisonOperator: "LessThanThreshold",
    threshold: 1,
    treatMissingData: "breaching",
    alarmActions: [topicArn],
    okActions: [topicArn],
    provider,
  });
}

/** CloudWatch API reference, PutMetricAlarm, AlarmName and MetricName. */
const longestName = 255;
