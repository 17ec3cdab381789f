import type { ServedListener } from "../load-balancer/served-listener";
import { AcmState } from "./acm/acm-state";
import type { ImportedMaterial } from "./acm/imported-material";
import { Caretaker } from "./acm/caretaker";
import { CertificateNotices, daysToExpiry } from "./acm/certificate-notices";
import type { AwsAccount } from "./aws-account";
import { Alarms } from "./cloudwatch/alarms";
import type { AlarmSettings } from "./cloudwatch/metric-alarm";
import { ClassicElbState } from "./elb/classic-elb-state";
import { ElbState } from "./elbv2/elb-state";
import { EventRules } from "./eventbridge/event-rules";
import type { Secret } from "./secrets-manager/secrets-service";
import { Topics } from "./sns/topics";
import { Queues } from "./sqs/queues";

/** What an account has in one region. */
export class AwsRegion {
  readonly acm: AcmState;
  readonly caretaker: Caretaker;
  readonly elb: ElbState;
  readonly classicElb: ClassicElbState;
  readonly secrets = new Map<string, Secret>();
  readonly topics: Topics;
  readonly queues: Queues;
  readonly alarms: Alarms;
  readonly eventRules: EventRules;
  private readonly notices = new CertificateNotices();

  constructor(
    readonly account: AwsAccount,
    readonly name: string,
  ) {
    const shared = {
      accountId: account.accountId,
      region: name,
      faults: () => account.faults,
      newId: () => account.newId(),
    };
    const findCertificate = (arn: string) => this.findCertificate(arn);
    this.elb = new ElbState({ ...shared, findCertificate });
    this.classicElb = new ClassicElbState({ ...shared, findCertificate });
    const { authority } = account;
    this.acm = new AcmState({
      ...shared,
      authority,
      usersOf: (arn, now) => [
        ...this.elb.usersOf(arn, now),
        ...this.classicElb.usersOf(arn, now),
        ...account.distributions.usersOf(arn, now),
        ...account.domainNames.usersOf(arn, now),
      ],
    });
    this.caretaker = new Caretaker({
      ...shared,
      acm: this.acm,
      now: account.now,
      lookUp: account.validationLookUp,
      renewed: (arn) => this.certificateChanged(arn),
    });
    this.topics = new Topics({ ...shared, now: account.now });
    this.queues = new Queues({ ...shared, now: account.now, random: account.random });
    this.alarms = new Alarms({
      ...shared,
      valueOf: (settings) => this.metricValue(settings),
      notify: (topicArn, message) => this.topics.publish(topicArn, "cloudwatch.amazonaws.com", message),
    });
    this.eventRules = new EventRules({
      ...shared,
      notify: (topicArn, message) => this.topics.publish(topicArn, "events.amazonaws.com", message),
      enqueue: (queueArn, body, sourceArn) =>
        this.queues.deliver(queueArn, body, { service: "events.amazonaws.com", sourceArn }),
    });
  }

  /** What a day brings: ACM's metric as alarms see it, and its events. */
  publishDailyNotices(): void {
    const now = this.account.now();
    for (const record of this.acm.all()) {
      const isInUse = this.acm.usersOf(record.arn, now).length > 0;
      for (const event of this.notices.eventsOf(record, { now, isInUse })) this.eventRules.emit(event, now);
    }
    this.alarms.evaluate(now);
  }

  /** Certificates are the only things of which the sandbox has a metric. */
  private metricValue({ namespace, metricName, dimensions }: AlarmSettings): number | undefined {
    const [dimension] = dimensions;
    if (namespace !== "AWS/CertificateManager" || metricName !== "DaysToExpiry") return undefined;
    if (dimension?.Name !== "CertificateArn" || dimensions.length > 1) return undefined;
    const record = this.acm.find(dimension.Value);
    return record && daysToExpiry(record, this.account.now());
  }

  /** What a listener may use: a certificate of ACM in this region, or a server certificate of IAM. */
  findCertificate(arn: string): { readonly material?: ImportedMaterial } | undefined {
    return this.acm.findWithKey(arn) ?? this.account.serverCertificates.find(arn);
  }

  /** Brings the front end of a listener in line with it: started, changed, or stopped. */
  async listenerChanged(arn: string): Promise<void> {
    await this.account.frontEnds.serve(arn, this.served(arn), this.account.faults);
  }

  /** As `listenerChanged`, for listeners of a Classic Load Balancer; they are known by ARN and port: `<arn>:443`. */
  async classicListenersChanged(name: string, ports: readonly number[]): Promise<void> {
    const { listeners } = this.classicElb.all().find((each) => each.name === name) ?? {};
    for (const port of ports) {
      const certificateArn = listeners?.get(port)?.certificateArn;
      const defaultCertificate =
        certificateArn === undefined ? undefined : this.findCertificate(certificateArn)?.material;
      const served = defaultCertificate && { defaultCertificate, sniCertificates: [] };
      await this.account.frontEnds.serve(`${this.classicElb.arnOf({ name })}:${port}`, served, this.account.faults);
    }
  }

  /** A re-import reaches all that use the certificate by itself (ACM user guide, "Reimporting"). */
  async certificateChanged(arn: string): Promise<void> {
    await Promise.all([
      ...this.elb.listenersUsing(arn).map((listener) => this.listenerChanged(listener.arn)),
      ...this.classicElb
        .using(arn)
        .map(([{ name }, { loadBalancerPort }]) => this.classicListenersChanged(name, [loadBalancerPort])),
      this.account.distributions.certificateChanged(arn),
      this.account.domainNames.certificateChanged(arn),
    ]);
  }

  /** What clients of a listener are to get now; undefined where it does not exist or has no TLS. */
  served(listenerArn: string): ServedListener | undefined {
    const listener = this.elb.findListener(listenerArn);
    if (listener === undefined) return undefined;
    const { defaultCertificateArn, sniCertificateArns } = listener;
    const defaultCertificate =
      defaultCertificateArn === undefined ? undefined : this.findCertificate(defaultCertificateArn)?.material;
    const sniCertificates = sniCertificateArns.flatMap((arn) => this.findCertificate(arn)?.material ?? []);
    return defaultCertificate && { defaultCertificate, sniCertificates, fixedResponse: listener.fixedResponse() };
  }
}
