/**
 * Services that spoke Query once and speak newer protocols beside it: there, errors have the names of their shapes, and
 * a header has the code of old (Smithy, "AWS query compatible trait").
 */
import type { AwsError } from "./aws-error";
import type { Service } from "./service";

/** Name of the error's shape. */
export function shapeOf({ code }: AwsError, service: Service | undefined): string {
  return service?.errorShapes?.[code] ?? code;
}

export function queryErrorHeader(error: AwsError, service: Service | undefined): Readonly<Record<string, string>> {
  if (service?.errorShapes === undefined) return {};
  return { "x-amzn-query-error": `${error.code};${error.status >= 500 ? "Receiver" : "Sender"}` };
}
