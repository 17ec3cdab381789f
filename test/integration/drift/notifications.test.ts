/** What people are told of runs, over real sockets: a receiver of webhooks, and the emulated SNS and EventBridge. */
import { createHmac } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as eventbridge from "@aws-sdk/client-eventbridge";
import * as sns from "@aws-sdk/client-sns";
import { eventBusChannel, topicChannel } from "../../../src/drift/notify/aws-channels";
import type { Channel } from "../../../src/drift/notify/channel";
import { noticeKinds } from "../../../src/drift/notify/notice";
import { noticeDocumentShape } from "../../../src/drift/notify/notice-document-shape";
import { NoticeFile } from "../../../src/drift/notify/notice-file";
import type { SlackMessage } from "../../../src/drift/notify/slack-message";
import { tellRun } from "../../../src/drift/notify/tell-run";
import { webhookChannel, type WebhookSettings } from "../../../src/drift/notify/webhook-channel";
import type { DriftRun } from "../../../src/drift/run/run-stacks";
import { secretHider } from "../../../src/drift/terraform/secret-hider";
import { sleep, systemClock } from "../../../src/platform/clock";
import { AppError } from "../../../src/platform/errors";
import { HttpClient } from "../../../src/platform/http";
import { calm } from "../../../src/sandbox/aws/aws-faults";
import { manyOutcomes } from "../../support/drift/many-outcomes";
import { startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const path = "/services/T0001/B0002/planted-in-the-address";
const hmacKey = "planted-key-of-the-signature";
const planted = { TF_VAR_db_password: "planted-password-of-a-database", AWS_SECRET_ACCESS_KEY: "planted-secret-key" };

let receiver: Server;
let emulated: EmulatedAws;
let http: HttpClient;
let folder: string;
let address: string;
/** Answers to come; after them 200. `undefined` is silence. */
let answers: (Answer | undefined)[];
let received: Received[];
let failures: AppError[];
let waits: number[];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      const answer = answers.length === 0 ? { status: 200, body: "ok" } : answers.shift();
      if (answer !== undefined) response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`;
  emulated = await startEmulatedAws({ faults: calm });
});

beforeEach(() => {
  http = new HttpClient();
  folder = mkdtempSync(join(tmpdir(), "notices-"));
  [answers, received, failures, waits] = [[], [], [], []];
});

afterEach(async () => {
  await http.close();
  rmSync(folder, { recursive: true });
});

afterAll(async () => {
  receiver.closeAllConnections();
  await new Promise((done) => receiver.close(done));
  await emulated.close();
});

const url = { kind: "environment", variable: "CHAT" } as const;

function webhook(settings: Partial<WebhookSettings> = {}, chat: string | undefined = address): Channel {
  return webhookChannel(
    { url, format: "json", ...settings },
    {
      secrets: { environment: { CHAT: chat, KEY: hmacKey }, readAwsSecret: () => Promise.resolve(undefined) },
      send: (request) => http.send(request),
      clock: systemClock,
      random: () => 0,
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    },
  );
}

async function tell(channel: Channel, run: DriftRun = manyOutcomes, timeLimitMs?: number): Promise<void> {
  await tellRun(run, {
    targets: [{ channel, on: noticeKinds, repeatMs: 3_600_000 }],
    file: new NoticeFile({ folder, sleep }),
    hideSecrets: secretHider(planted),
    clock: systemClock,
    timeLimitMs,
    onFailure: (error) => failures.push(error),
  });
}

const kinds = () => received.map(({ body }) => noticeDocumentShape.parse(JSON.parse(body)).kind);
const everyKind = ["failed", "failed", "forbidden", "needs-approval", "safe", "applied"];

test("a webhook gets every notice once, signed; the next run says nothing again", async () => {
  await tell(webhook({ hmac: { kind: "environment", variable: "KEY" } }));
  expect([kinds(), failures]).toEqual([everyKind, []]);
  for (const { headers, body } of received) {
    const timestamp = String(headers["x-unexpired-timestamp"]);
    const signature = createHmac("sha256", hmacKey).update(`${timestamp}.${body}`).digest("hex");
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-unexpired-signature": `sha256=${signature}`,
    });
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(300);
  }
  received = [];
  const repeated = { ...manyOutcomes, reports: manyOutcomes.reports.slice(1) };
  await tell(webhook(), repeated);
  expect([received, failures]).toEqual([[], []]);
  expect(statSync(join(folder, "notices.json")).mode & 0o777).toBe(0o600);
});

test("Slack's form has a text and blocks, and no signature", async () => {
  await tell(webhook({ format: "slack" }));
  const messages = received.map(({ body }) => JSON.parse(body) as SlackMessage);
  expect(messages).toHaveLength(everyKind.length);
  for (const { text, blocks } of messages) {
    expect(text).toMatch(/drift-check: 1 stack/);
    expect(blocks[0]?.type).toBe("header");
  }
  expect(received[0]?.headers).not.toHaveProperty("x-unexpired-signature");
});

test("a receiver that is busy is asked again when it says, one that fails a little later", async () => {
  answers = [{ status: 429, headers: { "retry-after": "7" } }, { status: 503 }, { status: 200 }];
  await tell(webhook());
  expect(failures).toEqual([]);
  expect(kinds()).toEqual(["failed", "failed", ...everyKind]);
  expect(waits).toEqual([7_000, 1_000]);
});

test("a message that is refused is told without the address, and the others are sent; the next run tells it", async () => {
  answers = [{ status: 404, body: `no_service at ${path}` }];
  await tell(webhook());
  expect(kinds()).toEqual(everyKind);
  expect(failures.map(({ code, message }) => [code, message])).toEqual([
    ["notification_failed", "webhook in environment variable CHAT answered 404: no_service at [redacted]"],
  ]);
  received = [];
  await tell(webhook(), { ...manyOutcomes, reports: manyOutcomes.reports.slice(1) });
  expect(kinds()).toEqual(["failed"]);
});

test("a receiver that is silent, or out of reach, is not asked for every message, and does not hold up the run", async () => {
  await http.close();
  http = new HttpClient({ timeoutMs: 300 });
  answers = Array.from({ length: 20 }, () => undefined);
  await tell(webhook(), manyOutcomes, 60_000);
  expect(received.length).toBeLessThanOrEqual(5);
  expect(failures.map(({ message }) => message)).toEqual([expect.stringContaining("gave no answer in time") as string]);
  failures = [];
  await tell(webhook({}, "http://127.0.0.1:1/planted-in-the-address"));
  expect(failures.map(({ code, message }) => [code, message])).toEqual([
    ["notification_failed", "webhook in environment variable CHAT cannot be reached: ECONNREFUSED"],
  ]);
});

test.each([
  ["is not set", ""],
  ["is no URL", "planted-in-the-address"],
  ["would send it in the clear", "http://chat.example.gov/planted-in-the-address"],
])("an address that %s is told without it", async (_, chat) => {
  await tell(webhook({}, chat));
  expect(new Set(failures.map(({ code, message }) => `${code}: ${message}`))).toEqual(
    new Set(["invalid_config: environment variable CHAT does not hold the address of a webhook"]),
  );
});

test("a topic gets text, a bus gets documents", async () => {
  const { accessKeyId, secretAccessKey, endpointUrl: endpoint } = emulated.aws;
  const options = { endpoint, region: "us-east-1", credentials: { accessKeyId, secretAccessKey } };
  const topics = new sns.SNSClient(options);
  const events = new eventbridge.EventBridgeClient(options);
  const { TopicArn: topicArn = "" } = await topics.send(new sns.CreateTopicCommand({ Name: "on-call" }));
  const Statement = [
    { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sns:Publish", Resource: topicArn },
  ];
  const AttributeValue = JSON.stringify({ Statement });
  await topics.send(new sns.SetTopicAttributesCommand({ TopicArn: topicArn, AttributeName: "Policy", AttributeValue }));
  const EventPattern = JSON.stringify({
    source: ["unexpired.drift-check"],
    "detail-type": ["Drift Check Needs Approval"],
    detail: { cause: ["only-renewals"] },
  });
  await events.send(new eventbridge.PutRuleCommand({ Name: "approvals", EventPattern }));
  await events.send(new eventbridge.PutTargetsCommand({ Rule: "approvals", Targets: [{ Id: "1", Arn: topicArn }] }));

  await tell(topicChannel(topicArn, () => emulated.access().topics("us-east-1")));
  expect(emulated.account.messages().map(({ subject }) => subject)).toEqual(
    expect.arrayContaining(["drift-check: 1 stack needs approval: only-renewals (aws_lb)"]) as string[],
  );
  expect(emulated.account.messages()[0]?.body).toContain("- ftp: init: terraform init ended with 1: no network");

  const before = emulated.account.messages().length;
  const bus = { bus: "default", region: "us-east-1" };
  await tell(eventBusChannel(bus, () => emulated.access().events("us-east-1")));
  const passed = emulated.account.messages().slice(before);
  const [event] = passed.map(({ body }) => JSON.parse(body) as { detail: unknown });
  expect(passed).toHaveLength(1);
  expect(noticeDocumentShape.parse(event?.detail)).toMatchObject({ kind: "needs-approval", total: 1 });
  expect(failures).toEqual([]);
  topics.destroy();
  events.destroy();
});

test("no planted secret is in a message, in what is said of it, or in what is kept", async () => {
  const [, , , , , ftp] = manyOutcomes.reports;
  if (ftp === undefined) throw new Error("there is no such report");
  const said = `connecting with ${Object.values(planted).join(" and ")}, Bearer planted.bearer.token-of-somebody`;
  const error = new AppError("terraform_failed", said, { hint: `not ${planted.TF_VAR_db_password}` });
  const run = { ...manyOutcomes, reports: [{ ...ftp, failure: { step: "plan" as const, error } }] };
  answers = [{ status: 400, body: `invalid_payload for ${address}` }];
  await tell(webhook({ hmac: { kind: "environment", variable: "KEY" } }), run);
  await tell(webhook({ format: "slack" }), run);
  expect(received).toHaveLength(2);
  const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  const all = [
    ...received.map(({ body }) => body),
    ...failures.map((each) => JSON.stringify([each.message, each])),
    ...kept,
  ];
  expect(all.filter((text) => /planted/.test(text))).toEqual([]);
  expect(received[0]?.body).toContain("connecting with [redacted] and [redacted]");
});

test("two runs that end at the same time tell one after the other, and not the same", async () => {
  await Promise.all([tell(webhook()), tell(webhook(), { ...manyOutcomes, reports: manyOutcomes.reports.slice(1) })]);
  expect(failures).toEqual([]);
  expect(
    kinds()
      .filter((kind) => kind !== "applied")
      .sort(),
  ).toEqual(everyKind.filter((kind) => kind !== "applied").sort());
});
