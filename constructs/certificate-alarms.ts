import { Construct } from "constructs";
import { alarmTopic } from "./alarm-topic";
import type { ICertificate } from "./certificate";
import {
  CloudwatchEventRule,
  CloudwatchEventTarget,
  CloudwatchMetricAlarm,
  type TerraformProvider,
  Token,
} from "./engine";
import { isUnknown } from "./is-unknown";
import { mistakeIn } from "./mistake";

export interface CertificateAlarmsProps {
  /** Certificates of one region. */
  readonly certificates: readonly ICertificate[];
  /**
   * Topic to write to, in the certificates' region. Its policy must let `cloudwatch.amazonaws.com` and
   * `events.amazonaws.com` publish. @default a topic made here, which does
   */
  readonly topicArn?: string;
  /**
   * Days before the end at which a certificate should long be renewed. @default half of what is left when it is renewed,
   * 14 at most and where that is not known
   */
  readonly daysToExpiry?: number;
  /** Whether ACM's own events are passed on. @default true */
  readonly events?: boolean;
  /** Block of the AWS provider of the certificates' region. @default the stack's default block */
  readonly awsProvider?: TerraformProvider;
}

const mostDays = 14;

/**
 * Says when a certificate has not been renewed: an alarm on each certificate's DaysToExpiry, below the moment of its
 * renewal, and ACM's events by EventBridge. No data counts as bad news: ACM publishes none of a certificate that has
 * ended or is gone, and, for up to a day, of one that is new.
 *
 * Of the events, the expiry of a certificate and the action that ACM's renewal waits for are passed on for those that
 * ACM issues, and the approaching end for all but those that an apply renews: the event comes daily from 45 days before
 * the end on, 30 for those of ACM, when ours are not due yet.
 *
 * @example
 * const alarms = new CertificateAlarms(this, "alarms", { certificates: [certificate] });
 * new SnsTopicSubscription(this, "mail", {
 *   topicArn: alarms.topicArn,
 *   protocol: "email",
 *   endpoint: "tls@example.gov",
 * });
 */
export class CertificateAlarms extends Construct {
  readonly topicArn: string;
  private readonly region?: string;
  private readonly provider?: TerraformProvider;

  constructor(scope: Construct, id: string, props: CertificateAlarmsProps) {
    super(scope, id);
    const { certificates, daysToExpiry, events = true, awsProvider } = props;
    this.provider = awsProvider;
    this.region = this.regionOf(certificates);
    this.checkDays(daysToExpiry, certificates);
    const { region, provider } = this;
    this.topicArn = props.topicArn ?? alarmTopic(this, { region, provider });
    for (const certificate of certificates) this.alarm(certificate, daysToExpiry ?? daysFor(certificate));
    if (!events) return;
    const issuedByAcm = certificates.filter(({ renewedBy }) => renewedBy === "acm");
    const notOurs = certificates.filter(({ renewedBy }) => renewedBy !== "terraform");
    this.passOn("Approaching", "ACM Certificate Approaching Expiration", notOurs);
    this.passOn("Expired", "ACM Certificate Expired", issuedByAcm);
    this.passOn("ActionRequired", "ACM Certificate Renewal Action Required", issuedByAcm);
  }

  private alarm(certificate: ICertificate, threshold: number): void {
    const { region, provider, topicArn } = this;
    const path = certificate.node.path;
    new CloudwatchMetricAlarm(this, `DaysToExpiry-${certificate.node.path.replace(/[^\w-]/g, "-")}`, {
      alarmName: `${path}: ${threshold} days to the end of the certificate`.slice(-longestName),
      alarmDescription: `The certificate ${path} should have been renewed. See whether applies fail, or whether its validation record is gone.`,
      namespace: "AWS/CertificateManager",
      metricName: "DaysToExpiry",
      dimensions: { CertificateArn: certificate.certificateArn },
      statistic: "Minimum",
      period: secondsPerDay,
      evaluationPeriods: 1,
      comparisonOperator: "LessThanOrEqualToThreshold",
      threshold,
      treatMissingData: "breaching",
      alarmActions: [topicArn],
      okActions: [topicArn],
      region,
      provider,
    });
  }

  private passOn(id: string, detailType: string, certificates: readonly ICertificate[]): void {
    if (certificates.length === 0) return;
    const { region, provider } = this;
    const resources = certificates.map(({ certificateArn }) => certificateArn);
    const rule = new CloudwatchEventRule(this, id, {
      description: `${detailType}: ${certificates.map(({ node }) => node.path).join(", ")}`.slice(
        0,
        longestDescription,
      ),
      eventPattern: JSON.stringify({ source: ["aws.acm"], "detail-type": [detailType], resources }),
      region,
      provider,
    });
    new CloudwatchEventTarget(this, `${id}Target`, { rule: rule.name, arn: this.topicArn, region, provider });
  }

  private regionOf(certificates: readonly ICertificate[]): string | undefined {
    const regions = [...new Set(certificates.map(({ region }) => region).filter((region) => region !== undefined))];
    if (certificates.length > 0 && regions.length < 2) return regions[0];
    throw mistakeIn(this, {
      what: certificates.length === 0 ? "certificates is empty" : `the certificates stand in ${regions.join(", ")}`,
      source: "CloudWatch user guide, alarms; ACM user guide, EventBridge: metrics and events are those of one Region",
      fix: certificates.length === 0 ? "name at least one" : "declare CertificateAlarms for each region",
    });
  }

  private checkDays(days: number | undefined, certificates: readonly ICertificate[]): void {
    if (days === undefined || isUnknown(days) || Token.isUnresolved(days)) return;
    if (!Number.isInteger(days) || days < 1)
      throw mistakeIn(this, {
        what: `daysToExpiry is ${days}, not a whole number of days from 1`,
        source: "ACM user guide, CloudWatch metrics, DaysToExpiry",
        fix: "give days, or leave it out",
      });
    const early = certificates.find(({ renewalForecast }) => renewalForecast && renewalForecast.daysLeft <= days);
    if (early?.renewalForecast === undefined) return;
    throw mistakeIn(this, {
      what: `daysToExpiry ${days} would alarm of ${early.node.path} before it is due: it is renewed when ${Number(early.renewalForecast.daysLeft.toFixed(1))} days are left`,
      source: "Let's Encrypt, integration guide: a third of the lifetime left, or a half of a short one",
      fix: `give ${daysFor(early)} or fewer, or leave it out`,
    });
  }
}

const secondsPerDay = 86_400;
/** CloudWatch API reference, PutMetricAlarm, AlarmName. */
const longestName = 255;
/** EventBridge API reference, PutRule, Description. */
const longestDescription = 512;

/** Half of what is left at the renewal, so that a day or two of failed applies are not an alarm. */
function daysFor({ renewalForecast }: ICertificate): number {
  const left = renewalForecast?.daysLeft ?? 2 * mostDays;
  return Math.max(1, Math.min(mostDays, Math.floor(left / 2)));
}
