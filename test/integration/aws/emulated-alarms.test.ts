/** CloudWatch, EventBridge and SNS in the emulated AWS, asked by the JavaScript SDK in every protocol there is. */
import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as eventbridge from "@aws-sdk/client-eventbridge";
import * as sns from "@aws-sdk/client-sns";
import { AwsJson1_0Protocol, AwsQueryProtocol } from "@aws-sdk/core/protocols";
import { SmithyRpcV2CborProtocol } from "@smithy/core/cbor";
import { hostile } from "../../../src/sandbox/aws/aws-faults";
import { materialOf, startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";
import { createTestCa } from "../../support/test-certificates";

let emulated: EmulatedAws;
let now: Date;
let events: eventbridge.EventBridgeClient;
let topics: sns.SNSClient;
const opened: { destroy(): void }[] = [];

function options() {
  const { endpointUrl: endpoint, accessKeyId, secretAccessKey } = emulated.aws;
  return { endpoint, region: "us-east-1", credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
}

beforeEach(async () => {
  now = new Date();
  emulated = await startEmulatedAws({ now: () => now });
  events = new eventbridge.EventBridgeClient(options());
  topics = new sns.SNSClient(options());
  opened.push(events, topics);
});

afterEach(async () => {
  for (const client of opened.splice(0)) client.destroy();
  await emulated.close();
});

const dayMs = 86_400_000;
const topicArn = "arn:aws:sns:us-east-1:111122223333:on-call";
const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/gone";

const alarm = (dimension = certificateArn): cloudwatch.PutMetricAlarmCommandInput => ({
  AlarmName: "web: 14 days",
  AlarmDescription: "see <the runbook> & act",
  Namespace: "AWS/CertificateManager",
  MetricName: "DaysToExpiry",
  Dimensions: [{ Name: "CertificateArn", Value: dimension }],
  Statistic: "Minimum",
  Period: 86_400,
  EvaluationPeriods: 1,
  ComparisonOperator: "LessThanOrEqualToThreshold",
  Threshold: 14.5,
  TreatMissingData: "breaching",
  AlarmActions: [topicArn],
  OKActions: [topicArn],
});

const protocols = {
  "AWS JSON 1.0": AwsJson1_0Protocol,
  Query: AwsQueryProtocol,
  "RPC v2 CBOR": SmithyRpcV2CborProtocol,
} as const;

describe.each(Object.entries(protocols))("CloudWatch in %s", (_, protocol) => {
  let client: cloudwatch.CloudWatchClient;

  beforeEach(() => {
    client = new cloudwatch.CloudWatchClient({ ...options(), protocol });
    opened.push(client);
  });

  test("keeps an alarm and its tags, changes it, and deletes it", async () => {
    await client.send(new cloudwatch.PutMetricAlarmCommand({ ...alarm(), Tags: [{ Key: "team", Value: "web" }] }));
    const describe = () => client.send(new cloudwatch.DescribeAlarmsCommand({ AlarmNames: ["web: 14 days"] }));
    const { MetricAlarms: [made] = [] } = await describe();
    expect(made).toMatchObject({ ...alarm(), ActionsEnabled: true, StateValue: "INSUFFICIENT_DATA" });
    expect(made?.AlarmConfigurationUpdatedTimestamp?.getTime()).toBeCloseTo(now.getTime(), -3);
    const ResourceARN = made?.AlarmArn ?? "";
    await client.send(new cloudwatch.TagResourceCommand({ ResourceARN, Tags: [{ Key: "tier", Value: "1" }] }));
    await client.send(new cloudwatch.UntagResourceCommand({ ResourceARN, TagKeys: ["team"] }));
    const { Tags } = await client.send(new cloudwatch.ListTagsForResourceCommand({ ResourceARN }));
    expect(Tags).toEqual([{ Key: "tier", Value: "1" }]);

    await client.send(new cloudwatch.PutMetricAlarmCommand({ ...alarm(), ActionsEnabled: false, OKActions: [] }));
    const { MetricAlarms: [changed] = [] } = await describe();
    expect(changed).toMatchObject({ ActionsEnabled: false });
    expect(changed?.OKActions ?? []).toEqual([]);
    await client.send(new cloudwatch.DeleteAlarmsCommand({ AlarmNames: ["web: 14 days"] }));
    expect((await describe()).MetricAlarms ?? []).toEqual([]);
  });

  test("says no in the words of its API", async () => {
    await expect(
      client.send(new cloudwatch.ListTagsForResourceCommand({ ResourceARN: `${certificateArn}x` })),
    ).rejects.toBeInstanceOf(cloudwatch.ResourceNotFoundException);
    await expect(client.send(new cloudwatch.PutMetricAlarmCommand({ ...alarm(), Period: 45 }))).rejects.toMatchObject({
      message: expect.stringContaining("Period must be 10, 20, 30") as string,
    });
    const names = ["one", "other"];
    await expect(client.send(new cloudwatch.DeleteAlarmsCommand({ AlarmNames: names }))).rejects.toBeInstanceOf(
      cloudwatch.ResourceNotFound,
    );
    emulated.account.faults = { ...hostile, throttledShare: 1 };
    await expect(client.send(new cloudwatch.DescribeAlarmsCommand({}))).rejects.toMatchObject({ name: "Throttling" });
  });

  test("is read over all pages", async () => {
    for (const AlarmName of ["a", "b", "c"])
      await client.send(new cloudwatch.PutMetricAlarmCommand({ ...alarm(), AlarmName }));
    emulated.account.faults = { ...emulated.account.faults, largestPage: 2 };
    const names: (string | undefined)[] = [];
    for await (const page of cloudwatch.paginateDescribeAlarms({ client }, {}))
      names.push(...(page.MetricAlarms ?? []).map(({ AlarmName }) => AlarmName));
    expect(names).toEqual(["a", "b", "c"]);
  });
});

test("SNS keeps a topic, its attributes and its tags", async () => {
  const create = (Tags: sns.Tag[]) => topics.send(new sns.CreateTopicCommand({ Name: "on-call", Tags }));
  expect((await create([{ Key: "team", Value: "web" }])).TopicArn).toBe(topicArn);
  expect((await create([{ Key: "team", Value: "web" }])).TopicArn).toBe(topicArn);
  await expect(create([{ Key: "team", Value: "api" }])).rejects.toBeInstanceOf(sns.InvalidParameterException);
  await topics.send(
    new sns.SetTopicAttributesCommand({ TopicArn: topicArn, AttributeName: "DisplayName", AttributeValue: "<b> & c" }),
  );
  const { Attributes } = await topics.send(new sns.GetTopicAttributesCommand({ TopicArn: topicArn }));
  expect(Attributes).toMatchObject({ TopicArn: topicArn, Owner: "111122223333", DisplayName: "<b> & c" });
  await topics.send(new sns.UntagResourceCommand({ ResourceArn: topicArn, TagKeys: ["team"] }));
  expect((await topics.send(new sns.ListTagsForResourceCommand({ ResourceArn: topicArn }))).Tags).toEqual([]);
  await topics.send(new sns.DeleteTopicCommand({ TopicArn: topicArn }));
  await expect(topics.send(new sns.GetTopicAttributesCommand({ TopicArn: topicArn }))).rejects.toBeInstanceOf(
    sns.NotFoundException,
  );
});

test("EventBridge keeps a rule as long as it has targets, and refuses a pattern that is none", async () => {
  const pattern = { source: ["aws.acm"], resources: [{ prefix: "arn:aws:acm:" }] };
  const put = (EventPattern: unknown) =>
    events.send(new eventbridge.PutRuleCommand({ Name: "acm", EventPattern: JSON.stringify(EventPattern) }));
  await put(pattern);
  await expect(put({ source: "aws.acm" })).rejects.toBeInstanceOf(eventbridge.InvalidEventPatternException);
  await expect(put(undefined)).rejects.toMatchObject({ name: "ValidationException" });
  expect(await events.send(new eventbridge.DescribeRuleCommand({ Name: "acm" }))).toMatchObject({
    Arn: "arn:aws:events:us-east-1:111122223333:rule/acm",
    EventPattern: JSON.stringify(pattern),
    State: "ENABLED",
  });
  const Targets = [1, 2, 3, 4, 5, 6].map((id) => ({ Id: String(id), Arn: topicArn }));
  const { FailedEntries } = await events.send(new eventbridge.PutTargetsCommand({ Rule: "acm", Targets }));
  expect(FailedEntries).toMatchObject([{ TargetId: "6", ErrorCode: "LimitExceededException" }]);
  await expect(events.send(new eventbridge.DeleteRuleCommand({ Name: "acm" }))).rejects.toMatchObject({
    name: "ValidationException",
    message: "Rule can't be deleted since it has targets.",
  });
  const Ids = ["1", "2", "3", "4", "5"];
  await events.send(new eventbridge.RemoveTargetsCommand({ Rule: "acm", Ids }));
  await events.send(new eventbridge.DeleteRuleCommand({ Name: "acm" }));
  await expect(events.send(new eventbridge.DescribeRuleCommand({ Name: "acm" }))).rejects.toBeInstanceOf(
    eventbridge.ResourceNotFoundException,
  );
});

test("an alarm tells its topic what happens to a certificate, and without data that there is none", async () => {
  const ca = await createTestCa();
  const store = emulated.access().certificates();
  const notAfter = new Date(now.getTime() + 20.5 * dayMs);
  const arn = await store.importNew({ ...(await materialOf(ca, { notAfter })), tags: {} });
  await topics.send(new sns.CreateTopicCommand({ Name: "on-call" }));
  const put = async (input: cloudwatch.PutMetricAlarmCommandInput) => {
    const systemClockOffset = now.getTime() - Date.now();
    const client = new cloudwatch.CloudWatchClient({ ...options(), systemClockOffset });
    opened.push(client);
    await client.send(new cloudwatch.PutMetricAlarmCommand(input));
  };
  await put(alarm(arn));
  const states = () => emulated.account.messages().map(({ subject = "" }) => subject.replace(/:.*/, ""));
  const after = (days: number) => {
    now = new Date(now.getTime() + days * dayMs);
    emulated.account.publishDailyNotices();
    return states();
  };
  expect(after(0)).toEqual(["OK"]);
  expect(after(5)).toEqual(["OK"]);
  expect(after(1)).toEqual(["OK", "ALARM"]);
  expect(JSON.parse(emulated.account.messages().at(-1)?.body ?? "")).toMatchObject({
    AlarmName: "web: 14 days",
    NewStateValue: "ALARM",
    OldStateValue: "OK",
    Trigger: { Dimensions: [{ name: "CertificateArn", value: arn }], Threshold: 14.5 },
  });
  expect(after(100)).toEqual(["OK", "ALARM"]);
  expect(emulated.account.region().alarms.all()).toMatchObject([{ state: "ALARM" }]);

  await put({ ...alarm(arn), TreatMissingData: "notBreaching" });
  expect(after(1)).toEqual(["OK", "ALARM", "OK"]);
});

test("an event of ACM comes to a topic whose policy lets EventBridge in without a condition, and to no other", async () => {
  const ca = await createTestCa();
  const notAfter = new Date(now.getTime() + 44.5 * dayMs);
  const arn = await emulated
    .access()
    .certificates()
    .importNew({ ...(await materialOf(ca, { names: ["app.example.gov"], notAfter })), tags: {} });
  await topics.send(new sns.CreateTopicCommand({ Name: "on-call" }));
  const EventPattern = JSON.stringify({
    source: ["aws.acm"],
    "detail-type": ["ACM Certificate Approaching Expiration"],
    resources: [arn],
  });
  await events.send(new eventbridge.PutRuleCommand({ Name: "acm", EventPattern }));
  await events.send(new eventbridge.PutTargetsCommand({ Rule: "acm", Targets: [{ Id: "1", Arn: topicArn }] }));
  const allow = (more: object = {}) =>
    topics.send(
      new sns.SetTopicAttributesCommand({
        TopicArn: topicArn,
        AttributeName: "Policy",
        AttributeValue: JSON.stringify({
          Statement: {
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sns:Publish",
            Resource: topicArn,
            ...more,
          },
        }),
      }),
    );
  const received = () => {
    emulated.account.publishDailyNotices();
    return emulated.account.messages().map(({ body }) => JSON.parse(body) as object);
  };
  expect(received()).toEqual([]);
  await allow({ Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } });
  expect(received()).toEqual([]);
  await allow();
  expect(received()).toMatchObject([
    { source: "aws.acm", resources: [arn], detail: { DaysToExpiry: 44, CommonName: "app.example.gov" } },
  ]);
});
