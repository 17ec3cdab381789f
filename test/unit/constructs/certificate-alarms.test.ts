import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput } from "cdktf";
import {
  CertificateAlarms,
  type CertificateAlarmsProps,
  CertificateIssuer,
  DnsZone,
  type ICertificate,
  ManagedCertificate,
  type ManagedCertificateProps,
} from "../../../constructs";
import { makeStack, onlyResource, synthesize } from "../../support/synthesize-stack";

const paidArn = "arn:aws:acm:us-east-1:111122223333:certificate/0f-1";
const topicArn = "arn:aws:sns:us-east-1:111122223333:on-call";

function parts() {
  const stack = makeStack();
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  const zone = DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" });
  const managed = (id: string, props: Partial<ManagedCertificateProps> = {}) =>
    new ManagedCertificate(stack, id, {
      domainNames: [`${id}.example.gov`],
      zone,
      issuer: CertificateIssuer.letsEncrypt(),
      ...props,
    });
  const byAcm = (id: string) => managed(id, { issuer: CertificateIssuer.acm() });
  const paid = () => ManagedCertificate.fromArn(stack, "paid", paidArn);
  const alarms = (certificates: readonly ICertificate[], props: Partial<CertificateAlarmsProps> = {}) =>
    new CertificateAlarms(stack, "alarms", { certificates, ...props });
  const resources = (type: string) => Object.values(synthesize(stack).resource[type] ?? {});
  return { stack, managed, byAcm, paid, alarms, resources };
}

test("an alarm on the days to expiry, below the moment of the renewal; no data is bad news", () => {
  const { stack, managed, alarms } = parts();
  alarms([managed("web")], { topicArn });
  expect(onlyResource(stack, "aws_cloudwatch_metric_alarm")).toEqual({
    alarm_name: "infra/web: 14 days to the end of the certificate",
    alarm_description: expect.stringMatching(/^The certificate infra\/web should have been renewed\./) as string,
    namespace: "AWS/CertificateManager",
    metric_name: "DaysToExpiry",
    dimensions: { CertificateArn: expect.stringMatching(/^\$\{unexpired_certificate\.\w+\.arn\}$/) as string },
    statistic: "Minimum",
    period: 86_400,
    evaluation_periods: 1,
    comparison_operator: "LessThanOrEqualToThreshold",
    threshold: 14,
    treat_missing_data: "breaching",
    alarm_actions: [topicArn],
    ok_actions: [topicArn],
    region: "us-east-1",
  });
});

test.each<[string, Partial<ManagedCertificateProps>, number]>([
  ["classic, renewed at 30", {}, 14],
  ["tlsserver, renewed at 15", { issuer: CertificateIssuer.letsEncrypt({ profile: "tlsserver" }) }, 7],
  ["shortlived, renewed at 3.3", { issuer: CertificateIssuer.letsEncrypt({ profile: "shortlived" }) }, 1],
  ["renewed at 20 by wish", { renewal: { daysBeforeExpiry: 20 } }, 10],
  ["issued by ACM", { issuer: CertificateIssuer.acm() }, 14],
  ["of another CA", { issuer: CertificateIssuer.acme({ directoryUrl: "https://ca.example.gov" }) }, 14],
])("the threshold of one %s", (_, props, threshold) => {
  const { stack, managed, alarms } = parts();
  alarms([managed("web", props)], { topicArn, events: false });
  expect(onlyResource(stack, "aws_cloudwatch_metric_alarm").threshold).toBe(threshold);
});

test("a topic of its own, to which CloudWatch and EventBridge of this account may write", () => {
  const { stack, managed, alarms } = parts();
  const { topicArn: own } = alarms([managed("web")]);
  new TerraformOutput(stack, "topic", { value: own });
  const [topic] = Object.keys(synthesize(stack).resource.aws_sns_topic ?? {});
  const { policy, arn } = onlyResource(stack, "aws_sns_topic_policy");
  expect(arn).toBe(`\${aws_sns_topic.${topic}.arn}`);
  expect(JSON.parse(String(policy))).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Alarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: `\${aws_sns_topic.${topic}.arn}`,
        Condition: { StringEquals: { "aws:SourceAccount": `\${aws_sns_topic.${topic}.owner}` } },
      },
      {
        Sid: "Events",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sns:Publish",
        Resource: `\${aws_sns_topic.${topic}.arn}`,
      },
    ],
  });
  expect(synthesize(stack).output.topic?.value).toMatch(/^\$\{aws_sns_topic_policy\.\w+\.arn\}$/);
});

test("an existing topic and its policy are left as they are", () => {
  const { stack, managed, alarms } = parts();
  expect(alarms([managed("web")], { topicArn }).topicArn).toBe(topicArn);
  expect(synthesize(stack).resource).not.toHaveProperty("aws_sns_topic");
  expect(synthesize(stack).resource).not.toHaveProperty("aws_sns_topic_policy");
});

test("events are passed on of the certificates that they mean something for", () => {
  const { managed, byAcm, paid, alarms, resources } = parts();
  alarms([managed("acme"), byAcm("acm"), paid()], { topicArn });
  const acm = expect.stringMatching(/^\$\{aws_acm_certificate_validation\.\w+\.certificate_arn\}$/) as string;
  const patterns = resources("aws_cloudwatch_event_rule").map(
    ({ event_pattern }) => JSON.parse(String(event_pattern)) as unknown,
  );
  expect(patterns).toEqual([
    { source: ["aws.acm"], "detail-type": ["ACM Certificate Renewal Action Required"], resources: [acm] },
    { source: ["aws.acm"], "detail-type": ["ACM Certificate Approaching Expiration"], resources: [acm, paidArn] },
    { source: ["aws.acm"], "detail-type": ["ACM Certificate Expired"], resources: [acm] },
  ]);
  const targets = resources("aws_cloudwatch_event_target");
  expect(targets).toHaveLength(3);
  for (const { arn, rule, region } of targets) {
    expect(arn).toBe(topicArn);
    expect(rule).toMatch(/^\$\{aws_cloudwatch_event_rule\.\w+\.name\}$/);
    expect(region).toBe("us-east-1");
  }
});

test("no events by wish, and none of certificates that an apply renews", () => {
  const { managed, byAcm, alarms, resources } = parts();
  alarms([managed("acme")], { topicArn });
  expect(resources("aws_cloudwatch_event_rule")).toEqual([]);
  const other = parts();
  other.alarms([byAcm("acm")], { topicArn, events: false });
  expect(other.resources("aws_cloudwatch_event_rule")).toEqual([]);
});

type Made = ReturnType<typeof parts>;

test.each<[string, (made: Made) => unknown, RegExp]>([
  ["no certificates", ({ alarms }) => alarms([]), /certificates is empty .*name at least one/],
  [
    "certificates of two regions",
    ({ managed, alarms }) => alarms([managed("a"), managed("b", { region: "eu-west-1" })]),
    /the certificates stand in us-east-1, eu-west-1 .*for each region/,
  ],
  ["half days", ({ managed, alarms }) => alarms([managed("a")], { daysToExpiry: 1.5 }), /daysToExpiry is 1\.5/],
  [
    "more days than are left when it is renewed",
    ({ managed, alarms }) => alarms([managed("a")], { daysToExpiry: 30 }),
    /daysToExpiry 30 would alarm of infra\/a before it is due: .* 30 days are left .*give 14 or fewer/,
  ],
  [
    "more days than a short-lived one has",
    ({ managed, alarms }) =>
      alarms([managed("a", { issuer: CertificateIssuer.letsEncrypt({ profile: "shortlived" }) })], { daysToExpiry: 5 }),
    /renewed when 3\.3 days are left .*give 1 or fewer/,
  ],
])("%s are refused", (_, act, message) => {
  expect(() => act(parts())).toThrow(message);
});
