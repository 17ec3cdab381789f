/** REST with XML bodies (Smithy, "AWS restXml protocol"): the action in method and path, lists under their own names. */
import { queryCodes, type Protocol } from "./protocol";
import { matchRoute } from "./route";
import type { Output } from "./service";
import { parseXml, renderXml } from "./xml";

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

export const restXmlProtocol: Protocol = {
  contentType: "text/xml",
  codes: queryCodes,
  family: "query",
  parse({ method, url, body }, { routes = [] }) {
    const { action, input } = matchRoute(routes, method, url);
    if (body.trim() === "") return { action, input };
    const { value } = parseXml(body);
    return { action, input: { ...(typeof value === "string" ? {} : value), ...input } };
  },
  render(output, { action, service }) {
    const { status, headers: bound = {} } = service.routes?.find((each) => each.action === action) ?? {};
    const members: Record<string, unknown> = { ...output };
    const headers: Record<string, string> = {};
    for (const [header, member] of Object.entries(bound)) {
      headers[header] = String(members[member]);
      delete members[member];
    }
    return { status, headers, body: document(`${action}Response`, service.namespace, members) };
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
