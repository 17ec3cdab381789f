/** Careful reading of what a server sent: each function gives undefined for anything but the shape it names. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function jsonObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function jsonArray(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined;
}

/** The objects in an array; empty for anything else. */
export function jsonObjects(value: unknown): JsonObject[] {
  return (jsonArray(value) ?? []).map(jsonObject).filter((item) => item !== undefined);
}

export function jsonText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A URL that we may send a signed request or a question to. */
export function jsonUrl(value: unknown): string | undefined {
  const text = jsonText(value);
  return text !== undefined && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined;
}

/** A date in the format of RFC 3339. */
export function jsonDate(value: unknown): Date | undefined {
  const text = jsonText(value);
  if (text === undefined || !/^\d{4}-\d\d-\d\dT/i.test(text)) return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
