/** A queue of SQS, filled by its own client and by EventBridge, and read by our adapter, over real sockets. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as eventbridge from "@aws-sdk/client-eventbridge";
import * as sqs from "@aws-sdk/client-sqs";
import type { MessageQueue } from "../../../src/aws/message-queue";
import { calm } from "../../../src/sandbox/aws/aws-faults";
import { startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";
import { until } from "../../support/until";

let emulated: EmulatedAws;
let client: sqs.SQSClient;
let url: string;
let queue: MessageQueue;

beforeAll(async () => {
  emulated = await startEmulatedAws();
  const { endpointUrl: endpoint, region, accessKeyId, secretAccessKey } = emulated.aws;
  client = new sqs.SQSClient({ endpoint, region, maxAttempts: 1, credentials: { accessKeyId, secretAccessKey } });
});
afterAll(async () => {
  client.destroy();
  await emulated.close();
});

async function createQueue(name: string, Attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl = "" } = await client.send(new sqs.CreateQueueCommand({ QueueName: name, Attributes }));
  return QueueUrl;
}

let count = 0;
beforeEach(async () => {
  emulated.account.faults = calm;
  url = await createQueue(`queue-${++count}`);
  queue = emulated.access({}, { sleep: () => Promise.resolve() }).queue({ url, region: "us-east-1" });
});

const send = (...bodies: readonly string[]) =>
  Promise.all(bodies.map((body) => client.send(new sqs.SendMessageCommand({ QueueUrl: url, MessageBody: body }))));
const now = { waitSeconds: 0, hiddenSeconds: 30 };
const stored = () => emulated.account.region().queues.byUrl(url).all();
const attributesOf = async (QueueUrl: string) =>
  (await client.send(new sqs.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }))).Attributes;

test("what was received is hidden, and gone once it is deleted; what was not comes again", async () => {
  await send("one", "two");
  const received = await queue.receive(now);
  expect(received.map(({ body }) => body).sort()).toEqual(["one", "two"]);
  expect(await queue.receive(now)).toEqual([]);
  expect(await attributesOf(url)).toMatchObject({ ApproximateNumberOfMessagesNotVisible: "2" });
  const [first, second] = received;
  if (first === undefined || second === undefined) throw new Error("two were sent");
  expect(await queue.delete([first])).toEqual([]);
  const { receipt: ReceiptHandle } = second;
  await client.send(new sqs.ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }));
  const again = await queue.receive(now);
  expect(again).toEqual([{ ...second, receipt: expect.not.stringMatching(second.receipt) as string }]);
  // by the receipt of before, it is not deleted
  await queue.delete([second]);
  expect(stored()).toHaveLength(1);
  await queue.delete(again);
  expect(stored()).toEqual([]);
});

test("a long poll ends with the first message, or with the signal, and then nothing is handed out", async () => {
  const waiting = queue.receive({ ...now, waitSeconds: 20 });
  await send("late");
  expect(await waiting).toHaveLength(1);
  const asked = emulated.count("ReceiveMessage");
  const stopping = new AbortController();
  const stopped = queue.receive({ ...now, waitSeconds: 20, signal: stopping.signal });
  await until(() => emulated.count("ReceiveMessage") === asked + 1);
  stopping.abort();
  await expect(stopped).rejects.toMatchObject({ code: "aborted" });
});

test("in an answer that succeeds some are not deleted: for a passing reason again, by a wrong receipt never", async () => {
  await send(...Array.from({ length: 10 }, (_, number) => `${number}`));
  const received = await queue.receive(now);
  expect(received).toHaveLength(10);
  const asked = emulated.count("DeleteMessageBatch");
  emulated.account.faults = { ...calm, queueDeleteFailureShare: 1 };
  const sleep = async () => void (emulated.account.faults = calm);
  const patient = emulated.access({}, { sleep }).queue({ url, region: "us-east-1" });
  const refused = await patient.delete([...received.slice(1), { id: "m-1", body: "", receipt: "none" }]);
  expect(refused).toEqual(["m-1"]);
  expect(emulated.count("DeleteMessageBatch") - asked).toBe(2);
  expect(stored().map(({ id }) => id)).toEqual([received[0]?.id]);
});

test("a message that is received too often goes to the queue for such ones", async () => {
  const dead = await createQueue(`dead-${count}`);
  const { QueueArn: deadLetterTargetArn } = (await attributesOf(dead)) ?? {};
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 });
  await client.send(new sqs.SetQueueAttributesCommand({ QueueUrl: url, Attributes: { RedrivePolicy } }));
  await send("poison");
  for (const expected of [1, 1, 0]) expect(await queue.receive({ ...now, hiddenSeconds: 0 })).toHaveLength(expected);
  expect(emulated.account.region().queues.byUrl(dead).all()).toMatchObject([{ body: "poison", received: 2 }]);
});

test("what AWS refuses is told with what to do", async () => {
  const gone = emulated.access().queue({ url: `${url}-gone`, region: "us-east-1" });
  await expect(gone.receive(now)).rejects.toMatchObject({ code: "aws_not_found" });
  emulated.account.deniedActions.add("sqs:ReceiveMessage");
  await expect(queue.receive(now)).rejects.toMatchObject({
    code: "aws_denied",
    hint: expect.stringContaining("allow sqs:ReceiveMessage") as string,
  });
  emulated.account.deniedActions.delete("sqs:ReceiveMessage");
  emulated.account.deniedActions.add("sqs:DeleteMessage");
  await expect(queue.delete([{ id: "m-1", body: "", receipt: "r" }])).rejects.toMatchObject({
    code: "aws_denied",
    hint: expect.stringContaining("allow sqs:DeleteMessage") as string,
  });
  emulated.account.deniedActions.delete("sqs:DeleteMessage");
  emulated.account.faults = { ...calm, throttledShare: 1 };
  const impatient = emulated.access({}, { throttleTimeoutMs: 0, sleep: () => Promise.resolve() });
  await expect(impatient.queue({ url, region: "us-east-1" }).receive(now)).rejects.toMatchObject({
    code: "aws_throttled",
  });
});

test.each<[string, () => Promise<unknown>, string]>([
  [
    "an empty batch",
    () => client.send(new sqs.DeleteMessageBatchCommand({ QueueUrl: url, Entries: [] })),
    "EmptyBatchRequest",
  ],
  [
    "a receipt that is none",
    () => client.send(new sqs.DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: "none" })),
    "ReceiptHandleIsInvalid",
  ],
  [
    "a queue that is not there",
    () => client.send(new sqs.GetQueueUrlCommand({ QueueName: "gone" })),
    "QueueDoesNotExist",
  ],
  [
    "eleven at once",
    () => client.send(new sqs.ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 11 })),
    "InvalidParameterValue",
  ],
  ["an attribute that there is not", () => createQueue("other", { Fifo: "true" }), "InvalidAttributeName"],
  [
    "the same name with other attributes",
    () => createQueue(`queue-${count}`, { DelaySeconds: "5" }),
    "QueueNameExists",
  ],
])("SQS refuses %s", async (_, act, name) => {
  await expect(act()).rejects.toMatchObject({ name });
});

/** What the page says of AWS, for the region of here. */
const page = readFileSync(join(__dirname, "../../../docs/reference/service-levels.md"), "utf8").replaceAll(
  "eu-west-1",
  "us-east-1",
);
const [, documentedPattern = ""] = /--event-pattern '([^']*)'/.exec(page) ?? [];
const [, documentedState = ""] = /--state (\w+)/.exec(page) ?? [];
const [, documentedPolicy = ""] = /```json\n([^`]*"sqs:SendMessage"[^`]*)```/.exec(page) ?? [];

test("EventBridge sends to a queue that lets its rule, as the page has both; what only reads, if the rule's state says so", async () => {
  const { endpointUrl: endpoint, region, accessKeyId, secretAccessKey } = emulated.aws;
  const events = new eventbridge.EventBridgeClient({
    ...{ endpoint, region, credentials: { accessKeyId, secretAccessKey } },
  });
  url = await createQueue("key-events");
  const { QueueArn: Arn = "" } = (await attributesOf(url)) ?? {};
  const rule = async (State: string, Name = "key-events") => {
    const settings = { Name, EventPattern: documentedPattern, State: State as eventbridge.RuleState };
    await events.send(new eventbridge.PutRuleCommand(settings));
    await events.send(new eventbridge.PutTargetsCommand({ Rule: Name, Targets: [{ Id: "1", Arn }] }));
  };
  const emit = (readOnly: boolean, eventSource = "secretsmanager.amazonaws.com") => {
    const detail = { eventSource, eventName: "GetSecretValue", readOnly };
    const event = { source: "aws.secretsmanager", "detail-type": "AWS API Call via CloudTrail", resources: [], detail };
    emulated.account.region().eventRules.emit(event, new Date());
    return stored().length;
  };
  await rule("ENABLED");
  expect(emit(false)).toBe(0);
  await client.send(new sqs.SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy: documentedPolicy } }));
  expect([emit(false), emit(true), emit(false, "s3.amazonaws.com")]).toEqual([1, 1, 1]);
  await rule(documentedState);
  expect(emit(true)).toBe(2);
  await rule("DISABLED");
  await rule(documentedState, "of-somebody-else");
  expect(emit(true)).toBe(2);
  events.destroy();
});
