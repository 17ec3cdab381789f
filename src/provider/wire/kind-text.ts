/** Kinds of values with their article, for messages. */
const texts: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  boolean: "a boolean",
  bool: "a boolean",
  list: "a list",
  set: "a set",
  map: "a map",
  object: "an object",
  undefined: "undefined",
};

export function kindText(kind: string): string {
  return texts[kind] ?? `a ${kind}`;
}

export function kindOfValue(value: unknown): string {
  if (value === null) return "null";
  return kindText(Array.isArray(value) ? "list" : typeof value);
}
