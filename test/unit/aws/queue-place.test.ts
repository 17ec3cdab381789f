import { parseQueueUrl } from "../../../src/aws/queue-place";

const path = "/111122223333/key-events";

test.each([
  ["https://sqs.eu-west-1.amazonaws.com", "eu-west-1"],
  ["https://sqs-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1"],
  ["https://sqs.cn-north-1.amazonaws.com.cn", "cn-north-1"],
  ["https://sqs.eu-central-2.api.aws", "eu-central-2"],
  ["https://vpce-0a1b2c-3d4e.sqs.ap-southeast-2.vpce.amazonaws.com", "ap-southeast-2"],
  ["https://us-west-2.queue.amazonaws.com", "us-west-2"],
  ["https://queue.amazonaws.com", "us-east-1"],
  ["http://127.0.0.1:4566", "eu-north-1"],
])("%s is in %s", (host, region) => {
  expect(parseQueueUrl(host + path, "eu-north-1")).toEqual({ url: host + path, region });
});

test.each([
  "key-events",
  "arn:aws:sqs:eu-west-1:111122223333:key-events",
  "https://sqs.eu-west-1.amazonaws.com/key-events",
  "https://user:secret@sqs.eu-west-1.amazonaws.com/111122223333/key-events",
  "https://sqs.eu-west-1.amazonaws.com/111122223333/key-events?X-Amz-Signature=secret",
  "ftp://sqs.eu-west-1.amazonaws.com/111122223333/key-events",
])("%s is no queue's URL, and is not repeated", (text) => {
  expect(() => parseQueueUrl(text, "eu-west-1")).toThrow(/^that is not the URL of a queue of Amazon SQS$/);
});

test("a host that names no region needs one from elsewhere", () => {
  expect(() => parseQueueUrl(`http://127.0.0.1:4566${path}`, undefined)).toThrow(/region of http:.* is not known/);
});
