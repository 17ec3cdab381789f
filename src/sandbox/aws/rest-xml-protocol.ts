/** REST with XML bodies (Smithy, "AWS restXml protocol"): the action in method and path, lists under their own names. */
import type { Input } from "./input";
import { queryCodes, type Protocol } from "./protocol";
import { matchRoute } from "./route";
import type { Output } from "./service";
import { parseXml, renderXml } from "./xml";

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

export const restXmlProtocol: Protocol = {
  contentType: "text/xml",
  codes: queryCodes,
  family: "query",
  parse({ method, url, headers, body }, { routes = [] }) {
    const { action, input, route } = matchRoute(routes, method, url);
    const bound = Object.entries(route.requestHeaders ?? {}).map(([header, member]) => [member, headers[header]]);
    const known: Input = { ...input, ...(Object.fromEntries(bound) as Input) };
    if (body.trim() === "") return { action, input: known };
    const { value } = parseXml(body);
    if (route.requestBody !== undefined) return { action, input: { ...known, [route.requestBody]: value } };
    return { action, input: { ...(typeof value === "string" ? {} : value), ...known } };
  },
  render(output, { action, service }) {
    const route = service.routes?.find((each) => each.action === action);
    const members: Record<string, unknown> = { ...output };
    const headers: Record<string, string> = {};
    for (const [header, member] of Object.entries(route?.headers ?? {})) {
      headers[header] = String(members[member]);
      delete members[member];
    }
    const { status, body: whole } = route ?? {};
    const isEmpty = status === 204;
    const body =
      whole === undefined
        ? document(`${action}Response`, service.namespace, members)
        : document(whole, service.namespace, members[whole] as Output);
    return { status, headers, body: isEmpty ? "" : body };
  },
  renderError(error, { requestId, service }) {
    const Type = error.status >= 500 ? "Receiver" : "Sender";
    const content = { Error: { Type, Code: error.code, Message: error.message }, RequestId: requestId };
    return { body: document("ErrorResponse", service?.namespace, content) };
  },
};

function document(root: string, namespace: string | undefined, content: Output): string {
  const attribute = namespace === undefined ? "" : ` xmlns="${namespace}"`;
  return `${declaration}<${root}${attribute}>${renderXml(content)}</${root}>`;
}
