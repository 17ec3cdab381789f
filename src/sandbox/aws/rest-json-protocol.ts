/** REST with JSON bodies (Smithy, "AWS restJson1 protocol"): the action in method and path, an error's name in a header. */
import { AwsError } from "./aws-error";
import type { Input } from "./input";
import { renderJson } from "./json-protocol";
import { jsonCodes, type Protocol } from "./protocol";
import { matchRoute } from "./route";

export const restJsonProtocol: Protocol = {
  contentType: "application/json",
  // API Gateway API reference, "Common errors": it throttles with status 429.
  codes: { ...jsonCodes, throttled: { code: "TooManyRequestsException", status: 429 } },
  family: "json",
  parse({ method, url, body }, { routes = [] }) {
    const { action, input } = matchRoute(routes, method, url);
    return { action, input: { ...parseBody(body), ...input } };
  },
  render(output, { action, service }) {
    const { status } = service.routes?.find((each) => each.action === action) ?? {};
    return { status, body: status === 202 || status === 204 ? "" : renderJson(output) };
  },
  renderError: (error) => ({
    headers: { "x-amzn-errortype": error.code },
    body: JSON.stringify({ message: error.message }),
  }),
};

function parseBody(body: string): Input {
  if (body.trim() === "") return {};
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === "object" && parsed !== null) return parsed as Input;
  } catch {
    // answered below, like every other body that is not an object
  }
  throw new AwsError("BadRequestException", "Invalid request body");
}
