/** Event buses of EventBridge in one region, to be written to. */
import type { EventBridgeClient, PutEventsResultEntry } from "@aws-sdk/client-eventbridge";
import { AppError } from "../platform/errors";
import type { AwsCaller } from "./aws-caller";
import type { CallOptions } from "./call-options";
import { sdk } from "./sdk";

export interface EventToPut {
  readonly source: string;
  readonly detailType: string;
  /** A JSON object. */
  readonly detail: string;
  /** Name or ARN. EventBridge takes events for a bus that is not there, and loses them. */
  readonly bus: string;
  readonly time: Date;
}

export interface EventBusOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => EventBridgeClient;
}

/** EventBridge API reference, PutEvents. */
const mostEntries = 10;
/** EventBridge user guide, "Calculating PutEvents event entry size": all entries of a request together. */
const mostBytes = 256 * 1024;

export class EventBus {
  constructor(private readonly options: EventBusOptions) {}

  /**
   * Puts events, as many in a request as it takes; those that EventBridge does not take at first are put again.
   * Errors: `invalid_argument` for an event that is too large, and those of AWS.
   */
  async put(events: readonly EventToPut[], { signal }: CallOptions = {}): Promise<void> {
    for (const batch of batchesOf(events)) await this.putBatch(batch, signal);
  }

  private async putBatch(batch: readonly EventToPut[], signal: AbortSignal | undefined): Promise<void> {
    const { region, caller, client } = this.options;
    let left = batch;
    await caller.call({
      action: "events:PutEvents",
      resource: [...new Set(batch.map(({ bus }) => bus))].join(", "),
      region,
      signal,
      send: async (abortSignal) => {
        const command = new (sdk.eventBridge().PutEventsCommand)({ Entries: left.map(toEntry) });
        const { Entries: results = [] } = await client().send(command, { abortSignal });
        // what failed is in an answer that succeeded, at the same place as in the request
        const failed = results.filter(({ ErrorCode }) => ErrorCode !== undefined);
        left = left.filter((_, index) => results[index]?.ErrorCode !== undefined);
        const [worst] = [...failed.filter((each) => !passes(each)), ...failed];
        if (worst !== undefined) throw failureOf(worst);
      },
    });
  }
}

function toEntry({ source, detailType, detail, bus, time }: EventToPut) {
  return { Source: source, DetailType: detailType, Detail: detail, EventBusName: bus, Time: time };
}

function batchesOf(events: readonly EventToPut[]): EventToPut[][] {
  const batches: EventToPut[][] = [];
  let room = 0;
  for (const event of events) {
    const size = sizeOf(event);
    if (size > mostBytes)
      throw new AppError("invalid_argument", `an event of ${size} bytes is more than EventBridge takes`, {
        hint: `keep it below ${mostBytes} bytes`,
      });
    const last = batches.at(-1);
    if (last === undefined || last.length === mostEntries || size > room) {
      batches.push([event]);
      room = mostBytes - size;
    } else {
      last.push(event);
      room -= size;
    }
  }
  return batches;
}

/** 14 for the time, and the octets of source, detail type and detail. */
function sizeOf({ source, detailType, detail }: EventToPut): number {
  return 14 + Buffer.byteLength(source) + Buffer.byteLength(detailType) + Buffer.byteLength(detail);
}

/** EventBridge API reference, PutEventsResultEntry: these may be tried again. */
function passes({ ErrorCode }: PutEventsResultEntry): boolean {
  return ErrorCode === "InternalFailure" || ErrorCode === "ThrottlingException";
}

/** As the SDK would throw it, so that it is understood like every other failure. */
function failureOf(result: PutEventsResultEntry): Error {
  const { ErrorCode = "InternalFailure", ErrorMessage = "" } = result;
  const httpStatusCode = ErrorCode === "InternalFailure" ? 500 : 400;
  return Object.assign(new Error(ErrorMessage), { name: ErrorCode, $metadata: { httpStatusCode } });
}
