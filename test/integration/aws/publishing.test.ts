/** Topics and event buses, written to by our adapters, over real sockets. */
import * as sns from "@aws-sdk/client-sns";
import * as eventbridge from "@aws-sdk/client-eventbridge";
import { calm } from "../../../src/sandbox/aws/aws-faults";
import { startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";

let emulated: EmulatedAws;
let topics: sns.SNSClient;
let events: eventbridge.EventBridgeClient;
const topicArn = "arn:aws:sns:us-east-1:111122223333:on-call";

beforeAll(async () => {
  emulated = await startEmulatedAws({ faults: calm });
  const { endpointUrl: endpoint, accessKeyId, secretAccessKey } = emulated.aws;
  const options = { endpoint, region: "us-east-1", credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
  topics = new sns.SNSClient(options);
  events = new eventbridge.EventBridgeClient(options);
  await topics.send(new sns.CreateTopicCommand({ Name: "on-call" }));
});

beforeEach(() => {
  emulated.account.faults = calm;
});

afterAll(async () => {
  topics.destroy();
  events.destroy();
  await emulated.close();
});

const lastMessage = () => emulated.account.messages().at(-1);

test("a message reaches its topic; a subject that SNS would refuse is made one that it takes", async () => {
  const attributes = { kind: "failed" };
  const subject = `\n✋ ${"long ".repeat(40)}`;
  await emulated.access().topics("us-east-1").publish(topicArn, { subject, message: "web: it failed", attributes });
  expect(lastMessage()).toMatchObject({
    topicArn,
    body: "web: it failed",
    from: expect.stringMatching(/^arn:aws:iam:/) as string,
    subject: expect.stringMatching(/^\? long long [ -~]{1,89}$/) as string,
  });
});

test("a message that is too long is cut, and never in the middle of a character", async () => {
  const message = "ä€😀".repeat(60_000);
  await emulated.access().topics("us-east-1").publish(topicArn, { subject: "long", message });
  const body = lastMessage()?.body ?? "";
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(256 * 1024);
  expect(Buffer.byteLength(body)).toBeGreaterThan(250 * 1024);
  expect(body).not.toContain("\ufffd");
});

test.each([
  ["no message", { Message: "" }, /Empty message/],
  ["a message of more than 256 KiB with its attributes", { Message: "x".repeat(262_140) }, /Message too long/],
  ["a subject of 100 characters", { Subject: "x".repeat(100) }, /Subject/],
  ["a subject that is not ASCII", { Subject: "für alle" }, /Subject/],
  ["a subject with a line break", { Subject: "one\ntwo" }, /Subject/],
  ["a topic that is not there", { TopicArn: `${topicArn}-gone` }, /Topic does not exist/],
])("SNS refuses %s", async (_, wrong, message) => {
  const MessageAttributes = { kind: { DataType: "String", StringValue: "failed" } };
  const command = new sns.PublishCommand({ TopicArn: topicArn, Message: "text", MessageAttributes, ...wrong });
  await expect(topics.send(command)).rejects.toThrow(message);
});

test("a topic that is gone, or not ours, is told with what to allow", async () => {
  const access = emulated.access().topics("us-east-1");
  const publish = (arn: string) => access.publish(arn, { subject: "s", message: "m" });
  await expect(publish(`${topicArn}-gone`)).rejects.toMatchObject({ code: "aws_not_found" });
  emulated.account.deniedActions.add("SNS:Publish");
  await expect(publish(topicArn)).rejects.toMatchObject({
    code: "aws_denied",
    hint: expect.stringContaining("allow sns:Publish") as string,
  });
  emulated.account.deniedActions.delete("SNS:Publish");
});

/** Events that a rule passes on to the topic, by the number in their detail. */
async function passedOn(): Promise<number[]> {
  const numbers: number[] = [];
  for (const { body } of emulated.account.messages()) {
    const { detail } = body.startsWith("{") ? (JSON.parse(body) as { detail?: { number: number } }) : {};
    if (detail !== undefined) numbers.push(detail.number);
  }
  return numbers.sort((one, other) => one - other);
}

const event = (number: number, more = "") => ({
  ...{ source: "unexpired.drift-check", detailType: "Drift Check Failed", bus: "default", time: new Date() },
  detail: JSON.stringify({ number, more }),
});

test("every event arrives, in requests as large as they may be, whatever fails in an answer that succeeded", async () => {
  await topics.send(
    new sns.SetTopicAttributesCommand({
      TopicArn: topicArn,
      AttributeName: "Policy",
      AttributeValue: JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sns:Publish",
            Resource: topicArn,
          },
        ],
      }),
    }),
  );
  const EventPattern = JSON.stringify({ source: ["unexpired.drift-check"] });
  await events.send(new eventbridge.PutRuleCommand({ Name: "drift", EventPattern }));
  await events.send(new eventbridge.PutTargetsCommand({ Rule: "drift", Targets: [{ Id: "1", Arn: topicArn }] }));
  emulated.account.faults = { ...calm, eventEntryFailureShare: 0.2 };
  const bus = emulated.access({}, { sleep: () => Promise.resolve() }).events("us-east-1");
  const many = Array.from({ length: 12 }, (_, number) => event(number));
  const large = Array.from({ length: 3 }, (_, number) => event(12 + number, "x".repeat(120_000)));
  await bus.put([...many, ...large]);
  expect(await passedOn()).toEqual(Array.from({ length: 15 }, (_, number) => number));
});

test("an event that EventBridge will never take is told", async () => {
  const bus = emulated.access().events("us-east-1");
  await expect(bus.put([{ ...event(1), source: "aws.acm" }])).rejects.toMatchObject({ code: "aws_request" });
  await expect(bus.put([{ ...event(1), detail: "text" }])).rejects.toThrow(/MalformedDetail/);
  await expect(bus.put([event(1, "x".repeat(300_000))])).rejects.toMatchObject({ code: "invalid_argument" });
  await expect(bus.put([])).resolves.toBeUndefined();
});

test("EventBridge takes ten entries at most, and an event for a bus that is not there", async () => {
  const entry = { Source: "own", DetailType: "type", Detail: "{}" };
  const put = (Entries: eventbridge.PutEventsRequestEntry[]) =>
    events.send(new eventbridge.PutEventsCommand({ Entries }));
  await expect(put(Array.from({ length: 11 }, () => entry))).rejects.toThrow(/between 1 and 10/);
  await expect(put([{ ...entry, EventBusName: "gone" }])).resolves.toMatchObject({ FailedEntryCount: 0 });
  await expect(put([entry, { Source: "own" }])).resolves.toMatchObject({
    FailedEntryCount: 1,
    Entries: [{ EventId: expect.any(String) as string }, { ErrorCode: "InvalidArgument" }],
  });
});
