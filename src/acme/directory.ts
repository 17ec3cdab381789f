/** The directory of a CA: where its resources are and what it says of itself (RFC 8555 7.1.1). */
import { AppError } from "../platform/errors";
import type { HttpResponse } from "../platform/http";
import { jsonArray, jsonObject, jsonText, jsonUrl, parseJson } from "./json";
import { errorOfResponse } from "./problem";

export interface AcmeDirectory {
  readonly url: string;
  readonly newNonceUrl: string;
  readonly newAccountUrl: string;
  readonly newOrderUrl: string;
  readonly revokeCertUrl?: string;
  readonly keyChangeUrl?: string;
  /** Base of the renewal information (RFC 9773 3); undefined where the CA has none. */
  readonly renewalInfoUrl?: string;
  readonly termsOfServiceUrl?: string;
  /** Profile names with the CA's description of each (draft-ietf-acme-profiles); empty where the CA has none. */
  readonly profiles: Readonly<Record<string, string>>;
  /** Names that stand for this CA in CAA records (RFC 8555 9.7.6). */
  readonly caaIdentities: readonly string[];
  readonly externalAccountRequired: boolean;
  /** The document as sent. */
  readonly text: string;
}

/** Reads the answer of a directory URL. Errors: `acme_directory`, and those of `errorOfResponse`. */
export function parseDirectory(url: string, response: HttpResponse, now: Date): AcmeDirectory {
  if (response.status !== 200) {
    const refusal = errorOfResponse(`cannot read the ACME directory ${url}`, response, now);
    throw refusal.retryable ? refusal : notADirectory(url, `it answers with HTTP status ${response.status}`);
  }
  const document = jsonObject(parseJson(response.body));
  if (document === undefined) throw notADirectory(url, "it is not a JSON object");
  const meta = jsonObject(document.meta) ?? {};
  return {
    url,
    newNonceUrl: required(url, document.newNonce, "newNonce"),
    newAccountUrl: required(url, document.newAccount, "newAccount"),
    newOrderUrl: required(url, document.newOrder, "newOrder"),
    revokeCertUrl: jsonUrl(document.revokeCert),
    keyChangeUrl: jsonUrl(document.keyChange),
    renewalInfoUrl: jsonUrl(document.renewalInfo),
    termsOfServiceUrl: jsonUrl(meta.termsOfService),
    profiles: parseProfiles(meta.profiles),
    caaIdentities: (jsonArray(meta.caaIdentities) ?? []).flatMap((value) => jsonText(value)?.toLowerCase() ?? []),
    externalAccountRequired: meta.externalAccountRequired === true,
    text: response.body,
  };
}

function parseProfiles(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(jsonObject(value) ?? {}).map(([name, text]) => [name, jsonText(text) ?? ""]),
  );
}

function required(url: string, value: unknown, name: string): string {
  const found = jsonUrl(value);
  if (found === undefined) throw notADirectory(url, `it has no URL for ${name}`);
  return found;
}

function notADirectory(url: string, why: string): AppError {
  return new AppError("acme_directory", `${url} is not an ACME directory: ${why}`, {
    hint: "give the directory URL from your CA's documentation",
    facts: { url },
  });
}
