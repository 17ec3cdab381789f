import { parseDomainName, type DomainName } from "../certificates/domain-name";
import { AppError } from "../platform/errors";
import { jsonArray, jsonDate, jsonObject, jsonText, jsonUrl } from "./json";
import { parseProblem, type AcmeProblem } from "./problem";

const orderStatuses = ["pending", "ready", "processing", "valid", "invalid"] as const;

export type AcmeOrderStatus = (typeof orderStatuses)[number];

/** An order as the CA last described it (RFC 8555 7.1.3). Its URL is all that must be kept to go on with it later. */
export interface AcmeOrder {
  readonly url: string;
  readonly status: AcmeOrderStatus;
  readonly names: readonly DomainName[];
  readonly authorizationUrls: readonly string[];
  readonly finalizeUrl: string;
  /** When the CA forgets an order that is not valid by then. */
  readonly expires?: Date;
  /** There once the order is valid. */
  readonly certificateUrl?: string;
  /** Why the order is invalid. */
  readonly error?: AcmeProblem;
  /** The profile the CA uses (draft-ietf-acme-profiles). */
  readonly profile?: string;
  /** certID of the certificate that this order replaces, if the CA took note of it (RFC 9773 5). */
  readonly replaces?: string;
}

/** Reads what the CA sent. Errors: `acme_problem` for a body that is not an order. */
export function parseOrder(value: unknown, url: string): AcmeOrder {
  const document = jsonObject(value) ?? {};
  const status = orderStatuses.find((name) => name === document.status);
  const finalizeUrl = jsonUrl(document.finalize);
  if (status === undefined || finalizeUrl === undefined)
    throw new AppError("acme_problem", `the CA's answer for order ${url} is not an order`, { facts: { url } });
  const certificateUrl = jsonUrl(document.certificate);
  const error = parseProblem(document.error);
  const profile = jsonText(document.profile);
  const replaces = jsonText(document.replaces);
  return {
    url,
    status,
    names: (jsonArray(document.identifiers) ?? []).flatMap((identifier) => {
      const name = jsonText(jsonObject(identifier)?.value);
      return name === undefined ? [] : [parseDomainName(name)];
    }),
    authorizationUrls: (jsonArray(document.authorizations) ?? []).flatMap((item) => jsonUrl(item) ?? []),
    finalizeUrl,
    expires: jsonDate(document.expires),
    ...(certificateUrl === undefined ? {} : { certificateUrl }),
    ...(error === undefined ? {} : { error }),
    ...(profile === undefined ? {} : { profile }),
    ...(replaces === undefined ? {} : { replaces }),
  };
}

/** The order's names for a message, shortened where there are many. */
export function namesForMessage(names: readonly string[]): string {
  return names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}
