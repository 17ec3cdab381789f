/** AWS JSON 1.1: the action in X-Amz-Target, dates as seconds since 1970. */
import { AwsError } from "./aws-error";
import type { Input } from "./input";
import { jsonCodes, queryCodes, type Protocol } from "./protocol";
import { queryErrorHeader, shapeOf } from "./query-compatible";
import type { Output } from "./service";

export const jsonProtocol: Protocol = {
  contentType: "application/x-amz-json-1.1",
  codes: jsonCodes,
  family: "json",
  parse: ({ headers, body }) => parseJsonRequest(headers["x-amz-target"], body),
  render: (output) => ({ body: renderJson(output) }),
  renderError: (error) => ({ body: renderJsonError(error) }),
};

/** AWS JSON 1.0, of services that spoke Query once. */
export const queryCompatibleJsonProtocol: Protocol = {
  ...jsonProtocol,
  contentType: "application/x-amz-json-1.0",
  codes: queryCodes,
  renderError: (error, { service }) => ({
    headers: queryErrorHeader(error, service),
    body: JSON.stringify({ __type: shapeOf(error, service), message: error.message }),
  }),
};

export function parseJsonRequest(target: string | undefined, body: string): { action: string; input: Input } {
  const action = target?.split(".").at(-1);
  if (action === undefined || action === "") throw new AwsError("UnknownOperationException", "no X-Amz-Target");
  try {
    const parsed: unknown = JSON.parse(body === "" ? "{}" : body);
    if (typeof parsed === "object" && parsed !== null) return { action, input: parsed as Input };
  } catch {
    // answered below, like every other body that is not an object
  }
  throw new AwsError("SerializationException", "the body is not a JSON object");
}

export function renderJson(output: Output): string {
  return JSON.stringify(output, function (this: Record<string, unknown>, key, value: unknown) {
    // JSON.stringify has made a string of the date already when it calls here.
    const original = this[key];
    return original instanceof Date ? original.getTime() / 1000 : value;
  });
}

export function renderJsonError(error: AwsError): string {
  return JSON.stringify({ __type: error.code, message: error.message });
}
