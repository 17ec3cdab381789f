import { AppError, messageOf } from "../../platform/errors";

/**
 * Parses JSON whose objects have no key twice: of two equal keys parsers disagree about which one counts, so what was
 * checked might not be what is done (RFC 8259 4). Anything after the value is an error. Errors: `invalid_argument`.
 */
export function parseStrictJson(body: Uint8Array): unknown {
  const refuse = (why: string, cause?: unknown) =>
    new AppError("invalid_argument", `the body is not acceptable JSON: ${why}`, { cause });
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    value = JSON.parse(text);
  } catch (error) {
    throw refuse(messageOf(error), error);
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined) throw refuse(`the key ${repeated} is there twice`);
  return value;
}

/** Walks over JSON known to be well-formed: all that matters is strings, and which of them are keys. */
function repeatedKey(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (token.endsWith(":")) {
      const key = token.slice(0, -1).trimEnd();
      const name = JSON.parse(key) as string;
      const keys = open.at(-1);
      if (keys?.has(name)) return key;
      keys?.add(name);
    }
  }
  return undefined;
}
