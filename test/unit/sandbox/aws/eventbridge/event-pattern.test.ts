import { parseEventPattern } from "../../../../../src/sandbox/aws/eventbridge/event-pattern";

const event = {
  source: "aws.acm",
  "detail-type": "ACM Certificate Expired",
  resources: ["arn:aws:acm:us-east-1:111122223333:certificate/1"],
  detail: { DaysToExpiry: 12, CommonName: "app.example.gov", InUse: true },
};

test.each<[object, boolean]>([
  [{ source: ["aws.acm"] }, true],
  [{ source: ["aws.ec2", "aws.acm"] }, true],
  [{ source: ["aws.ec2"] }, false],
  [{ source: ["aws.acm"], "detail-type": ["other"] }, false],
  [{ resources: ["arn:aws:acm:us-east-1:111122223333:certificate/1", "other"] }, true],
  [{ resources: [{ suffix: "/2" }] }, false],
  [{ detail: { InUse: [true] } }, true],
  [{ detail: { InUse: ["true"] } }, false],
  [{ detail: { CommonName: [{ prefix: "app." }] } }, true],
  [{ detail: { CommonName: [{ "equals-ignore-case": "APP.example.gov" }] } }, true],
  [{ detail: { CommonName: [{ "anything-but": ["app.example.gov"] }] } }, false],
  [{ detail: { Exported: [{ exists: false }] } }, true],
  [{ detail: { InUse: [{ exists: false }] } }, false],
  [{ detail: { DaysToExpiry: [{ numeric: [">", 7, "<=", 12] }] } }, true],
  [{ detail: { DaysToExpiry: [{ numeric: ["<", 12] }] } }, false],
])("%j: %s", (pattern, matches) => {
  expect(parseEventPattern(JSON.stringify(pattern))(event)).toBe(matches);
});

test.each(["no", "[]", "{}", '{"source":"aws.acm"}', '{"source":[]}', '{"source":[{"like":"a"}]}', '{"detail":{}}'])(
  "%s is no pattern",
  (text) => {
    expect(() => parseEventPattern(text)).toThrow("Event pattern is not valid");
  },
);
