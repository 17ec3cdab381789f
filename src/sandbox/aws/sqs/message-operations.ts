/** Messages of a queue (SQS API reference). */
import { createHash } from "node:crypto";
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, records, text, texts, type Input } from "../input";
import type { CallContext, Operation, Output } from "../service";
import type { Queue, StoredMessage } from "./queue";
import { numberOf } from "./queue-attributes";
import { queueUrl } from "./queue-operations";
import { checkRange, invalidHandle } from "./sqs-error";

/** Entries of a batch (SQS API reference, TooManyEntriesInBatchRequest). */
const mostEntries = 10;

const md5 = (body: string) => createHash("md5").update(body).digest("hex");

function onQueue(run: (queue: Queue, input: Input, context: CallContext) => Output | Promise<Output>): Operation {
  return {
    subject: queueUrl,
    run: (input, context) => run(context.region.queues.byUrl(text(input, "QueueUrl")), input, context),
  };
}

function send(queue: Queue, input: Input): Output {
  const body = optionalText(input, "MessageBody") ?? "";
  if (body === "") throw new AwsError("MissingParameter", "The request must contain the parameter MessageBody.");
  const most = numberOf(queue, "MaximumMessageSize");
  if (Buffer.byteLength(body) > most)
    throw new AwsError(
      "InvalidParameterValue",
      `One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`,
    );
  const delay = checkRange(
    "DelaySeconds",
    optionalNumber(input, "DelaySeconds") ?? numberOf(queue, "DelaySeconds"),
    0,
    900,
  );
  return { MessageId: queue.send(body, delay).id, MD5OfMessageBody: md5(body) };
}

const receive = onQueue(async (queue, input, { gone }) => {
  const asked = (name: string) => optionalNumber(input, name);
  const received = await queue.receive({
    most: checkRange("MaxNumberOfMessages", asked("MaxNumberOfMessages") ?? 1, 1, 10),
    visibilitySeconds: checkRange(
      "VisibilityTimeout",
      asked("VisibilityTimeout") ?? numberOf(queue, "VisibilityTimeout"),
      ...([0, 43_200] as const),
    ),
    waitSeconds: checkRange(
      "WaitTimeSeconds",
      asked("WaitTimeSeconds") ?? numberOf(queue, "ReceiveMessageWaitTimeSeconds"),
      ...([0, 20] as const),
    ),
    gone,
  });
  const wanted = [...texts(input, "AttributeNames"), ...texts(input, "MessageSystemAttributeNames")];
  // an answer without messages has no such member
  return received.length === 0 ? {} : { Messages: received.map((message) => messageOutput(message, wanted)) };
});

function messageOutput(message: StoredMessage, wanted: readonly string[]): Output {
  const { id, body, handle, received, sentAt, firstReceivedAt = sentAt } = message;
  const known = Object.entries({
    ApproximateReceiveCount: String(received),
    SentTimestamp: String(sentAt.getTime()),
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt.getTime()),
  }).filter(([name]) => wanted.includes("All") || wanted.includes(name));
  return {
    ...{ MessageId: id, ReceiptHandle: handle, MD5OfBody: md5(body), Body: body },
    ...(known.length > 0 && { Attributes: Object.fromEntries(known) }),
  };
}

function deleteMessage(queue: Queue, input: Input): Output {
  if (!queue.delete(text(input, "ReceiptHandle"))) throw invalidHandle();
  return {};
}

function changeVisibility(queue: Queue, input: Input): Output {
  const seconds = checkRange("VisibilityTimeout", optionalNumber(input, "VisibilityTimeout") ?? NaN, 0, 43_200);
  const message = queue.inFlight(text(input, "ReceiptHandle"));
  if (message === undefined) throw invalidHandle();
  queue.makeVisibleAfter(message, seconds);
  return {};
}

/**
 * Each entry succeeds or fails for itself, in an answer that succeeds. Who may do it with one may do it with many (SQS
 * developer guide, "Amazon SQS batch actions").
 */
function batch(permission: string, run: (queue: Queue, entry: Input, context: CallContext) => Output): Operation {
  const operation = onQueue((queue, input, context) => {
    const entries = records(input, "Entries");
    checkEntries(entries.map((entry) => text(entry, "Id")));
    const Successful: Output[] = [];
    const Failed: Output[] = [];
    for (const entry of entries) {
      const Id = text(entry, "Id");
      try {
        Successful.push({ Id, ...run(queue, entry, context) });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: error.status < 500 });
      }
    }
    return { Successful, Failed };
  });
  return { ...operation, permission };
}

function checkEntries(ids: readonly string[]): void {
  const refuse = (name: string, message: string) => {
    throw new AwsError(`AWS.SimpleQueueService.${name}`, message);
  };
  if (ids.length === 0) refuse("EmptyBatchRequest", "There should be at least one entry in the request.");
  if (ids.length > mostEntries)
    refuse("TooManyEntriesInBatchRequest", `Maximum number of entries per request are ${mostEntries}.`);
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id)))
    refuse(
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores.",
    );
  if (new Set(ids).size < ids.length) refuse("BatchEntryIdsNotDistinct", "Two or more entries have the same id.");
}

function deleteUnlessLost(queue: Queue, entry: Input, { region: { account } }: CallContext): Output {
  if (account.random() < account.faults.queueDeleteFailureShare)
    throw new AwsError("InternalError", "We encountered an internal error.", 500);
  return deleteMessage(queue, entry);
}

export const messageOperations = {
  SendMessage: onQueue(send),
  SendMessageBatch: batch("SendMessage", send),
  ReceiveMessage: receive,
  DeleteMessage: onQueue(deleteMessage),
  DeleteMessageBatch: batch("DeleteMessage", deleteUnlessLost),
  ChangeMessageVisibility: onQueue(changeVisibility),
};
