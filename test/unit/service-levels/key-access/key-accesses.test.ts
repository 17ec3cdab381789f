import { eventsIn } from "../../../../src/service-levels/key-access/cloud-trail-event";
import { KeyAccessFold } from "../../../../src/service-levels/key-access/fold-key-accesses";
import { judgeKeyAccess, type KeyAccessRules } from "../../../../src/service-levels/key-access/judge-key-access";

const session = "arn:aws:sts::111122223333:assumed-role/renew/build-7";
const role = "arn:aws:iam::111122223333:role/renew";
const secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:unexpired/account-AbCdEf";
const record = {
  ...{ eventVersion: "1.08", eventID: "e-1", eventTime: "2026-06-01T09:30:00Z", awsRegion: "eu-west-1" },
  ...{ eventSource: "secretsmanager.amazonaws.com", eventName: "GetSecretValue" },
  userIdentity: { type: "AssumedRole", arn: session, sessionContext: { sessionIssuer: { type: "Role", arn: role } } },
  requestParameters: { secretId: secret },
  responseElements: null,
};

const rules: KeyAccessRules = {
  principals: [role, "arn:aws:iam::111122223333:user/*"],
  regions: ["eu-west-1"],
  hours: { from: "06:00", to: "20:00" },
};

const judged = (changes: object, given: KeyAccessRules = rules) => {
  const [event] = eventsIn({ ...record, ...changes });
  return event === undefined ? "no event" : judgeKeyAccess(event, given);
};

test.each<[string, object, string | undefined]>([
  ["the role that may, in its hours and region", {}, undefined],
  ["a user that fits a pattern", { userIdentity: { arn: "arn:aws:iam::111122223333:user/alice" } }, undefined],
  ["another role", { userIdentity: { arn: "arn:aws:sts::111122223333:assumed-role/other/x" } }, "principal"],
  ["a user of another account", { userIdentity: { arn: "arn:aws:iam::444455556666:user/alice" } }, "principal"],
  ["nobody that the event names", { userIdentity: undefined }, "principal"],
  ["another region", { awsRegion: "us-east-1" }, "region"],
  ["before its hours", { eventTime: "2026-06-01T05:59:59Z" }, "hours"],
  ["at their end", { eventTime: "2026-06-01T20:00:00Z" }, "hours"],
  ["denied, whoever it was", { errorCode: "AccessDeniedException", awsRegion: "us-east-1" }, "denied"],
  ["another error", { errorCode: "ResourceNotFoundException" }, undefined],
])("%s", (_, changes, kind) => {
  expect(judged(changes)).toBe(kind);
});

test("hours that end on the next day", () => {
  const hours = { from: "22:00", to: "04:00" };
  expect(judged({ eventTime: "2026-06-01T23:00:00Z" }, { hours })).toBeUndefined();
  expect(judged({ eventTime: "2026-06-01T03:59:00Z" }, { hours })).toBeUndefined();
  expect(judged({ eventTime: "2026-06-01T04:00:00Z" }, { hours })).toBe("hours");
});

test("without rules only what was denied is anomalous", () => {
  expect(judged({ userIdentity: undefined, awsRegion: "x" }, {})).toBeUndefined();
  expect(judged({ errorCode: "AccessDenied" }, {})).toBe("denied");
});

test.each([
  ["a delivered file", { Records: [record, { ...record, eventID: "e-2" }] }, 2],
  ["an event of EventBridge", { "detail-type": "AWS API Call via CloudTrail", detail: record }, 1],
  ["messages of a queue", { Messages: [{ Body: JSON.stringify({ detail: record }) }] }, 1],
  ["what is something else", { Records: [{ a: 1 }, null, "x"], detail: record }, 0],
  ["a time that is none", { ...record, eventTime: "yesterday" }, 0],
])("%s", (_, value, count) => {
  expect(eventsIn(value)).toHaveLength(count);
});

const seconds = Date.parse(record.eventTime) / 1000;

function counted(given: KeyAccessRules, ...changes: readonly object[]): string[] {
  const fold = new KeyAccessFold(given);
  for (const event of eventsIn(changes.map((change) => ({ ...record, ...change })))) fold.add(event);
  const lines = fold.families().flatMap((family) => family.text().split("\n"));
  return lines.filter((line) => !line.startsWith("#") && !line.endsWith(" 0"));
}

test("each event counts once, and only accesses do", () => {
  const foreign = { userIdentity: { arn: "arn:aws:iam::444455556666:root" } };
  const other = { eventID: "e-2", eventName: "DescribeSecret" };
  const decrypt = { ...foreign, eventID: "e-3", eventSource: "kms.amazonaws.com", eventName: "Decrypt" };
  expect(counted(rules, {}, {}, other, decrypt, decrypt)).toEqual([
    "unexpired_key_accesses_total 2",
    'unexpired_key_access_anomalies_total{kind="principal"} 1',
    `unexpired_key_access_anomaly_timestamp_seconds{kind="principal"} ${seconds}`,
  ]);
});

test("where keys are named, others do not count; one that is not told does", () => {
  const keys = ["arn:aws:secretsmanager:*:secret:unexpired/*"];
  const other = { eventID: "e-2", requestParameters: { secretId: "arn:aws:secretsmanager:eu-west-1:1:secret:shop" } };
  const untold = { eventID: "e-3", requestParameters: null, errorCode: "AccessDenied" };
  expect(counted({ keys }, {}, other, untold)).toEqual([
    "unexpired_key_accesses_total 2",
    'unexpired_key_access_anomalies_total{kind="denied"} 1',
    `unexpired_key_access_anomaly_timestamp_seconds{kind="denied"} ${seconds}`,
  ]);
});

test("months of events do not stay in memory; what comes late counts once or not at all", () => {
  const fold = new KeyAccessFold({});
  const add = (eventID: string, eventTime: string) => {
    for (const event of eventsIn({ ...record, eventID, eventTime, errorCode: "AccessDenied" })) fold.add(event);
  };
  const count = () => Number(/_anomalies_total\{kind="denied"\} (\d+)/.exec(fold.families()[1]?.text() ?? "")?.[1]);
  add("old", "2026-05-01T23:59:59Z");
  add("edge", "2026-05-02T00:00:00Z");
  add("new", "2026-06-01T12:00:00Z");
  fold.forgetBefore(new Date("2026-05-02T18:00:00Z"));
  expect(fold.anomalies.map(({ event }) => event.eventID)).toEqual(["edge", "new"]);
  add("old", "2026-05-01T23:59:59Z");
  add("never seen", "2026-05-01T00:00:00Z");
  add("edge", "2026-05-02T00:00:00Z");
  add("late", "2026-05-02T00:00:01Z");
  expect(count()).toBe(4);
  fold.forgetBefore(new Date("2026-04-01T00:00:00Z"));
  add("old", "2026-05-01T23:59:59Z");
  expect(count()).toBe(4);
});
