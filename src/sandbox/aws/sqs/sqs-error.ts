import { AwsError } from "../aws-error";

/**
 * Codes of Query, which SQS spoke alone once, and what its JSON protocol calls them (SQS developer guide, "Interpreting
 * Amazon SQS JSON API responses"). Those that are not here have one name.
 */
export const errorShapes: Readonly<Record<string, string>> = {
  "AWS.SimpleQueueService.NonExistentQueue": "QueueDoesNotExist",
  "AWS.SimpleQueueService.EmptyBatchRequest": "EmptyBatchRequest",
  "AWS.SimpleQueueService.TooManyEntriesInBatchRequest": "TooManyEntriesInBatchRequest",
  "AWS.SimpleQueueService.BatchEntryIdsNotDistinct": "BatchEntryIdsNotDistinct",
  "AWS.SimpleQueueService.InvalidBatchEntryId": "InvalidBatchEntryId",
  QueueAlreadyExists: "QueueNameExists",
};

export function noSuchQueue(): AwsError {
  return new AwsError("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.");
}

export function invalidHandle(): AwsError {
  return new AwsError("ReceiptHandleIsInvalid", "The input receipt handle is invalid.", 404);
}

/** A number outside of what an action takes. */
export function checkRange(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new AwsError(
    "InvalidParameterValue",
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}
