import { AwsError } from "../aws-error";
import type { AwsRegion } from "../aws-region";
import { optionalText, texts, type Input } from "../input";
import type { JsonObject } from "./event-pattern";

export interface PutEntriesContext {
  readonly region: AwsRegion;
  readonly now: Date;
  /** Whether the next entry meets a failure that another try gets over. */
  readonly isLost: () => boolean;
}

/** What became of one entry, at the place that it had in the request. */
export interface EntryResult {
  readonly [member: string]: string | undefined;
  readonly EventId?: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

/** EventBridge API reference, PutEvents. */
const mostEntries = 10;
/** EventBridge user guide, "Calculating PutEvents event entry size". */
const mostBytes = 262_144;

/**
 * Takes events that are sent to it, and says of each what became of it: an answer that succeeds may hold failures
 * (EventBridge API reference, PutEventsResultEntry).
 */
export function putEntries(entries: readonly Input[], context: PutEntriesContext): readonly EntryResult[] {
  if (entries.length === 0 || entries.length > mostEntries)
    throw new AwsError(
      "ValidationException",
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${mostEntries}`,
    );
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) >= mostBytes)
    throw new AwsError("ValidationException", "Total size of the entries in the request is over the limit.");
  return entries.map((entry) => putEntry(entry, context));
}

function putEntry(entry: Input, { region, now, isLost }: PutEntriesContext): EntryResult {
  const source = optionalText(entry, "Source") ?? "";
  const detailType = optionalText(entry, "DetailType") ?? "";
  const detail = optionalText(entry, "Detail") ?? "";
  for (const [name, value] of Object.entries({ Source: source, DetailType: detailType, Detail: detail }))
    if (value === "")
      return failed("InvalidArgument", `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
  if (source.startsWith("aws.")) return failed("NotAuthorizedForSourceException", "Not authorized for the source.");
  const content = objectFrom(detail);
  if (content === undefined) return failed("MalformedDetail", "Detail is malformed.");
  if (isLost()) return failed("InternalFailure", "An internal failure occurred.");
  // an event for a bus that is not there is taken, and reaches nobody (aws/aws-cli issue 9186)
  if (isDefaultBus(optionalText(entry, "EventBusName") ?? "default"))
    region.eventRules.emit(
      { source, "detail-type": detailType, resources: texts(entry, "Resources"), detail: content },
      now,
    );
  return { EventId: region.account.newId() };
}

/** The sandbox has no other. */
function isDefaultBus(bus: string): boolean {
  return bus === "default" || /^arn:[\w-]+:events:[^:]+:\d{12}:event-bus\/default$/.test(bus);
}

function objectFrom(detail: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(detail);
    const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
    return isObject ? (parsed as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

function failed(ErrorCode: string, ErrorMessage: string): EntryResult {
  return { ErrorCode, ErrorMessage };
}

/** 14 for the time, and the octets of the texts. */
function sizeOf(entry: Input): number {
  const counted = [
    ...["Source", "DetailType", "Detail"].map((name) => optionalText(entry, name) ?? ""),
    ...texts(entry, "Resources"),
  ];
  const time = entry.Time === undefined ? 0 : 14;
  return counted.reduce((sum, each) => sum + Buffer.byteLength(each), time);
}
