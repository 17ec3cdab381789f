import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from "yaml";
import { AppError } from "../../platform/errors";
import { didYouMean } from "../../platform/yaml-file/did-you-mean";

/**
 * Puts a token into the text of a policy file, beside those the client has. Everything else, comments and layout, stays
 * octet for octet: the file lives in git and is read by people. Errors: `invalid_argument` for an unknown client.
 */
export function addClientToken(text: string, client: string, token: string): string {
  const entry = clientEntry(text, client);
  const tokens = entry.get("tokens", true) as unknown;
  if (isSeq(tokens) && tokens.range) {
    const last = tokens.items.at(-1);
    const end = isScalar(last) && last.range ? last.range[1] : undefined;
    if (tokens.flow === true)
      return end === undefined ? insert(text, tokens.range[0] + 1, token) : insert(text, end, `, ${token}`);
    if (end !== undefined) return insertLine(text, end, columnOf(text, tokens.range[0]), `- ${token}`);
  }
  const name = entry.get("name", true) as unknown;
  const end = isScalar(name) ? name.range?.[1] : undefined;
  const start = entry.range?.[0];
  if (end === undefined || start === undefined || tokens !== undefined)
    throw new AppError("invalid_argument", `cannot add a token to client "${client}": its tokens are not a list`);
  const addition = `tokens: [${token}]`;
  return entry.flow === true
    ? insert(text, end, `, ${addition}`)
    : insertLine(text, end, columnOf(text, start), addition);
}

function clientEntry(text: string, client: string): YAMLMap {
  const clients: unknown = parseDocument(text).get("clients", true);
  const entries = isSeq(clients) ? clients.items.filter((item): item is YAMLMap => isMap(item)) : [];
  const entry = entries.find((item) => item.get("name") === client);
  if (entry !== undefined) return entry;
  const names = entries.map((item) => String(item.get("name")));
  throw new AppError("invalid_argument", `the policy file has no client "${client}"`, {
    hint: didYouMean(client, names) ?? `add "- { name: ${client} }" under clients`,
  });
}

function insert(text: string, offset: number, addition: string): string {
  return text.slice(0, offset) + addition + text.slice(offset);
}

/** Below the line that holds `offset`, whose comment stays where it is. */
function insertLine(text: string, offset: number, column: number, addition: string): string {
  const lineEnd = text.indexOf("\n", offset);
  return insert(text, lineEnd < 0 ? text.length : lineEnd, `\n${" ".repeat(column)}${addition}`);
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}
