/** A queue of Amazon SQS, to be read: messages come at least once, and again until they are deleted. */
import type { BatchResultErrorEntry, SQSClient } from "@aws-sdk/client-sqs";
import type { AwsCaller } from "./aws-caller";
import type { CallOptions } from "./call-options";
import type { QueuePlace } from "./queue-place";
import { sdk } from "./sdk";

export interface ReceivedMessage {
  readonly id: string;
  readonly body: string;
  /** What it is deleted by; that of the last receipt counts. */
  readonly receipt: string;
}

export interface ReceiveOptions extends CallOptions {
  /** How long to wait for the first message, 0 to 20; from 1 on all servers of the queue are asked. */
  readonly waitSeconds: number;
  /** For how long nobody else gets what was received. */
  readonly hiddenSeconds: number;
}

export interface MessageQueueOptions extends QueuePlace {
  readonly caller: AwsCaller;
  readonly client: () => SQSClient;
}

/** SQS API reference, ReceiveMessage and DeleteMessageBatch. */
const mostAtOnce = 10;

export class MessageQueue {
  constructor(private readonly options: MessageQueueOptions) {}

  /** At most ten; none where nothing came. Errors: those of AWS. */
  async receive({ waitSeconds, hiddenSeconds, signal }: ReceiveOptions): Promise<readonly ReceivedMessage[]> {
    const { url, region, caller, client } = this.options;
    const command = new (sdk.sqs().ReceiveMessageCommand)({
      ...{ QueueUrl: url, MaxNumberOfMessages: mostAtOnce },
      ...{ WaitTimeSeconds: waitSeconds, VisibilityTimeout: hiddenSeconds },
    });
    const { Messages = [] } = await caller.call({
      ...{ action: "sqs:ReceiveMessage", resource: url, region, signal },
      send: (abortSignal) => client().send(command, { abortSignal }),
    });
    return Messages.flatMap(({ MessageId: id, Body: body = "", ReceiptHandle: receipt }) =>
      id === undefined || receipt === undefined ? [] : [{ id, body, receipt }],
    );
  }

  /**
   * Deletes what was received together; what is refused for a passing reason is tried again. Gives the IDs of messages that
   * SQS will not delete by these receipts: they come again. Errors: those of AWS; then what was deleted is not known.
   */
  async delete(messages: readonly ReceivedMessage[], { signal }: CallOptions = {}): Promise<readonly string[]> {
    const { url, region, caller, client } = this.options;
    let left = messages;
    const refused: string[] = [];
    await caller.call({
      ...{ action: "sqs:DeleteMessage", resource: url, region, signal },
      send: async (abortSignal) => {
        if (left.length === 0) return;
        const tried = left;
        const Entries = tried.map(({ receipt }, index) => ({ Id: String(index), ReceiptHandle: receipt }));
        const command = new (sdk.sqs().DeleteMessageBatchCommand)({ QueueUrl: url, Entries });
        // what failed is in an answer that succeeded
        const { Failed = [] } = await client().send(command, { abortSignal });
        const messagesOf = (failed: readonly BatchResultErrorEntry[]) =>
          failed.flatMap(({ Id }) => tried[Number(Id)] ?? []);
        refused.push(...messagesOf(Failed.filter(({ SenderFault }) => SenderFault)).map(({ id }) => id));
        const passing = Failed.filter(({ SenderFault }) => !SenderFault);
        left = messagesOf(passing);
        const [first] = passing;
        if (first !== undefined) throw failureOf(first);
      },
    });
    return refused;
  }
}

/** As the SDK would throw it, so that it is understood like every other failure. */
function failureOf({ Code = "InternalError", Message = "" }: BatchResultErrorEntry): Error {
  return Object.assign(new Error(Message), { name: Code, $metadata: { httpStatusCode: 500 } });
}
