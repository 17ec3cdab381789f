import { eventsOfMessage } from "../../../../src/service-levels/key-access/message-events";

const record = {
  ...{ eventVersion: "1.11", eventID: "e-1", eventTime: "2026-06-01T09:30:00Z", sourceIPAddress: "192.0.2.7" },
  ...{ eventSource: "secretsmanager.amazonaws.com", eventName: "GetSecretValue" },
};
const other = { ...record, eventID: "e-2" };
/** As EventBridge sends it to its targets. */
const event = {
  ...{ version: "0", id: "0c6c2c1a", "detail-type": "AWS API Call via CloudTrail", source: "aws.secretsmanager" },
  ...{ account: "111122223333", time: record.eventTime, region: "eu-west-1", resources: [], detail: record },
};
/** As SNS sends it to a queue, unless it delivers raw messages. */
const notification = (message: unknown) => ({
  ...{ Type: "Notification", MessageId: "4f1a", TopicArn: "arn:aws:sns:eu-west-1:111122223333:key-events" },
  ...{ Message: typeof message === "string" ? message : JSON.stringify(message), Timestamp: record.eventTime },
  ...{ SignatureVersion: "1", Signature: "c2ln", UnsubscribeURL: "https://sns.eu-west-1.amazonaws.com/" },
});

test.each<[string, unknown, readonly object[]]>([
  ["an event of EventBridge", event, [record]],
  ["one that SNS passed on", notification(event), [record]],
  ["an event as CloudTrail made it", record, [record]],
  ["a delivered file that SNS passed on", notification({ Records: [record, other] }), [record, other]],
])("%s, whole", (_, body, expected) => {
  const events = eventsOfMessage(JSON.stringify(body));
  expect(events?.map(({ line }) => JSON.parse(line) as unknown)).toEqual(expected);
  expect(events?.map(({ id }) => id)).toEqual(expected.map((each) => (each as typeof record).eventID));
});

test.each<[string, string]>([
  ["no JSON", "{"],
  ["nothing", ""],
  ["null", "null"],
  ["a text", '"text"'],
  ["no events at all", '{"Records":[]}'],
  ["an event and something else", JSON.stringify({ Records: [record, { a: 1 }] })],
  ["a time that is none", JSON.stringify({ ...event, detail: { ...record, eventTime: "yesterday" } })],
  ["an id that is none of CloudTrail's", JSON.stringify({ ...event, detail: { ...record, eventID: "x".repeat(101) } })],
  ["arrays in arrays without end", "[".repeat(100_000) + "]".repeat(100_000)],
  ["an event of another kind", JSON.stringify({ ...event, detail: { "key-id": "1234" } })],
  ["a notification of no JSON", JSON.stringify(notification("hello"))],
  [
    "what CloudTrail tells its own topic",
    JSON.stringify(notification({ s3Bucket: "trail", s3ObjectKey: ["AWSLogs/1.json.gz"] })),
  ],
  [
    "a subscription that wants to be confirmed",
    JSON.stringify({ ...notification("Token"), Type: "SubscriptionConfirmation" }),
  ],
])("%s is no message of events", (_, body) => {
  expect(eventsOfMessage(body)).toBeUndefined();
});
