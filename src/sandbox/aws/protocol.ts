import type { AwsError } from "./aws-error";
import type { Input } from "./input";
import type { Output, Service } from "./service";
import type { SignableRequest } from "./signature-v4";

export interface ParsedRequest {
  readonly action: string;
  readonly input: Input;
}

export interface Rendered {
  /** @default 200 for answers, the error's own for errors */
  readonly status?: number;
  /** Beside the content type and the request's ID. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface AnswerFacts {
  readonly action: string;
  readonly service: Service;
  readonly requestId: string;
}

export interface GeneralCode {
  readonly code: string;
  readonly status: number;
}

/** How a service speaks on the wire (Smithy, "AWS protocols"). Parsing MUST throw AwsError for what cannot be read. */
export interface Protocol {
  readonly contentType: string;
  /** What every service of the protocol may answer; JSON services spell these codes in their own way. */
  readonly codes: Readonly<Record<"throttled" | "unavailable" | "denied" | "unknownAction", GeneralCode>>;
  /** Which names a refusal of the caller has. */
  readonly family: "json" | "query";
  parse(request: SignableRequest, service: Service): ParsedRequest;
  render(output: Output, facts: AnswerFacts): Rendered;
  renderError(error: AwsError, facts: Pick<AnswerFacts, "requestId"> & { readonly service?: Service }): Rendered;
}

export const jsonCodes: Protocol["codes"] = {
  throttled: { code: "ThrottlingException", status: 400 },
  unavailable: { code: "InternalFailure", status: 500 },
  denied: { code: "AccessDeniedException", status: 400 },
  unknownAction: { code: "UnknownOperationException", status: 400 },
};

export const queryCodes: Protocol["codes"] = {
  throttled: { code: "Throttling", status: 400 },
  unavailable: { code: "ServiceUnavailable", status: 500 },
  denied: { code: "AccessDenied", status: 403 },
  unknownAction: { code: "InvalidAction", status: 400 },
};
