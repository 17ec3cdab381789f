/**
 * The Query protocol: a form with `Action`, lists as `Name.member.1`, maps as `Name.entry.1.key`, answers in XML, dates
 * in ISO 8601.
 */
import { AwsError } from "./aws-error";
import type { Input } from "./input";
import { queryCodes, type Protocol } from "./protocol";
import type { Output } from "./service";

export const queryProtocol: Protocol = {
  contentType: "text/xml",
  codes: queryCodes,
  family: "query",
  parse: ({ body }) => parseQueryRequest(body),
  render: (output, { action, service, requestId }) => ({
    body: renderQuery(output, { action, namespace: service.namespace ?? "", requestId }),
  }),
  renderError: (error, { requestId }) => ({ body: renderQueryError(error, requestId) }),
};

type Tree = { [key: string]: Tree | string };

export function parseQueryRequest(body: string): { action: string; input: Input } {
  const tree: Tree = {};
  for (const [name, value] of new URLSearchParams(body)) insert(tree, name.split("."), value);
  const { Action: action, Version: _, ...rest } = tree;
  if (typeof action !== "string") throw new AwsError("MissingAction", "the request has no Action");
  return { action, input: unfold(rest) as Input };
}

export interface QueryAnswer {
  readonly action: string;
  readonly namespace: string;
  readonly requestId: string;
}

export function renderQuery(output: Output, { action, namespace, requestId }: QueryAnswer): string {
  return (
    `<${action}Response xmlns="${namespace}"><${action}Result>${renderMembers(output)}</${action}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`
  );
}

export function renderQueryError(error: AwsError, requestId: string): string {
  const type = error.status >= 500 ? "Receiver" : "Sender";
  const body = renderMembers({ Type: type, Code: error.code, Message: error.message });
  return `<ErrorResponse><Error>${body}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

function insert(tree: Tree, [head = "", ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    tree[head] = value;
    return;
  }
  const known = tree[head];
  const branch: Tree = typeof known === "object" ? known : {};
  tree[head] = branch;
  insert(branch, rest, value);
}

/**
 * Turns `{member: {1: a, 2: b}}` into lists and `{entry: {1: {key, value}}}` into objects; a list that was sent empty
 * comes as an empty text.
 */
function unfold(tree: Tree | string): unknown {
  if (typeof tree === "string") return tree;
  const { member, entry } = tree;
  if (typeof member === "object") return numbered(member).map(unfold);
  if (typeof entry === "object")
    return Object.fromEntries(
      numbered(entry).flatMap((each) => {
        // SNS calls them Name and Value in its message attributes
        const { key, value = "", Name: name = key, Value: named = value } = typeof each === "object" ? each : {};
        return typeof name === "string" ? [[name, unfold(named)]] : [];
      }),
    );
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, unfold(value)]));
}

function numbered(items: Tree): readonly (Tree | string)[] {
  return Object.entries(items)
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, item]) => item);
}

function renderMembers(output: object): string {
  return Object.entries(output)
    .filter(([, value]: [string, unknown]) => value !== undefined)
    .map(([name, value]) => `<${name}>${renderValue(value)}</${name}>`)
    .join("");
}

function renderValue(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map)
    return [...(value as Map<string, string>)]
      .map(([key, item]) => `<entry>${renderMembers({ key, value: item })}</entry>`)
      .join("");
  if (Array.isArray(value)) return value.map((item) => `<member>${renderValue(item)}</member>`).join("");
  if (typeof value === "object" && value !== null) return renderMembers(value);
  return String(value).replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
