/**
 * Entries as OpenTelemetry logs: lines of OTLP/JSON, each a LogsData of one record, as the OTLP JSON file receiver of the
 * collector reads them (opentelemetry.io: OTLP file exporter; logs data model). It takes any line of a hash chain, the
 * audit trail of akamai-dns-proxy, too.
 */

/** Attribute values of OTLP (opentelemetry-proto, common.proto, AnyValue). */
type AnyValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } };

interface Attribute {
  readonly key: string;
  readonly value: AnyValue;
}

/** SeverityNumber of the logs data model. */
const severities = { INFO: 9, WARN: 13, ERROR: 17 } as const;

export interface OtelService {
  /** `service.name`. */
  readonly name: string;
  readonly version: string;
}

/** One line without its line feed, or undefined if the text is no line of a chain: a write that a crash cut off. */
export function toOtelLog(line: string, service: OtelService): string | undefined {
  const entry = parseEntry(line);
  if (entry === undefined) return undefined;
  const { time, event } = entry;
  const nanoseconds = `${Date.parse(String(time))}000000`;
  const severityText = severityOf(entry);
  const record = {
    timeUnixNano: nanoseconds,
    observedTimeUnixNano: nanoseconds,
    severityNumber: severities[severityText],
    severityText,
    eventName: `unexpired.${String(event)}`,
    body: { stringValue: summaryOf(entry) },
    attributes: attributesOf("unexpired", entry),
  };
  return JSON.stringify({
    resourceLogs: [
      {
        resource: { attributes: attributesOf("service", { ...service }) },
        scopeLogs: [{ scope: { name: "unexpired.ledger" }, logRecords: [record] }],
      },
    ],
  });
}

type Members = Readonly<Record<string, unknown>>;

function parseEntry(line: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isMembers(value) && !Number.isNaN(Date.parse(String(value.time))) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What somebody has to look at, what was refused, and the rest. */
function severityOf({ outcome, verdict, event }: Members): keyof typeof severities {
  if (outcome === "failed" || outcome === "unknown") return "ERROR";
  return outcome === "refused" || verdict === "deny" || event === "refused" ? "WARN" : "INFO";
}

function summaryOf({ event, outcome, verdict, why, error }: Members): string {
  const reason = isMembers(error) ? error.message : why;
  const result = outcome ?? verdict;
  const words = [String(event), ...(typeof result === "string" ? [result] : [])].join(" ");
  return typeof reason === "string" ? `${words}: ${reason}` : words;
}

/** Members of members become `a.b`. Lists of anything but plain values are JSON text. */
function attributesOf(prefix: string, members: Members): Attribute[] {
  return Object.entries(members).flatMap(([name, value]) => {
    const key = `${prefix}.${name}`;
    if (isMembers(value)) return attributesOf(key, value);
    const attribute = anyValue(value);
    return attribute === undefined ? [] : [{ key, value: attribute }];
  });
}

function anyValue(value: unknown): AnyValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number") return Number.isSafeInteger(value) ? { intValue: `${value}` } : { doubleValue: value };
  if (Array.isArray(value) && !value.some((item) => typeof item === "object"))
    return { arrayValue: { values: value.flatMap((item) => anyValue(item) ?? []) } };
  return { stringValue: JSON.stringify(value) };
}
