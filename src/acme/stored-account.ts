/** The text that an account store keeps. */
import { createPrivateKey } from "node:crypto";
import { AppError } from "../platform/errors";
import { jsonArray, jsonObject, jsonText, jsonUrl, parseJson } from "./json";

export interface StoredAccount {
  /** Undefined where the text is a bare key, which fits any CA. */
  readonly directoryUrl?: string;
  /** Undefined until the CA has answered the registration. */
  readonly accountUrl?: string;
  /** E-mail addresses as last told to the CA. */
  readonly contactEmails: readonly string[];
  /** PEM. */
  readonly privateKey: string;
  /** PEM of the key that a rollover under way changes to; see `rollOverAccountKey`. */
  readonly nextPrivateKey?: string;
}

export function formatStoredAccount(account: StoredAccount): string {
  return JSON.stringify({ version: 1, ...account }, undefined, 2) + "\n";
}

/** Errors: `acme_account`, which name the place and never quote the text. */
export function parseStoredAccount(text: string, place: string, directoryUrl: string): StoredAccount {
  const refuse = (why: string, hint: string) =>
    new AppError("acme_account", `the ACME account in ${place} cannot be used: ${why}`, { hint, facts: { place } });
  if (text.trimStart().startsWith("-----BEGIN")) {
    if (!isPrivateKey(text)) throw refuse("its PEM text is not a private key", "give an EC or RSA key in PEM");
    return { contactEmails: [], privateKey: text.trim() };
  }
  const document = jsonObject(parseJson(text));
  const privateKey = jsonText(document?.privateKey);
  const nextPrivateKey = jsonText(document?.nextPrivateKey);
  if (document?.version !== 1 || privateKey === undefined || !isPrivateKey(privateKey))
    throw refuse("it is not an account that we wrote, nor a key in PEM", "name another place, or remove what is there");
  const stored = jsonText(document.directoryUrl);
  if (stored !== directoryUrl)
    throw refuse(`it belongs to ${stored ?? "no CA"}, not to ${directoryUrl}`, "use one place for each directory URL");
  return {
    directoryUrl,
    accountUrl: jsonUrl(document.accountUrl),
    contactEmails: (jsonArray(document.contactEmails) ?? []).flatMap((value) => jsonText(value) ?? []),
    privateKey,
    ...(nextPrivateKey === undefined ? {} : { nextPrivateKey }),
  };
}

function isPrivateKey(pem: string): boolean {
  try {
    const { asymmetricKeyType } = createPrivateKey(pem);
    return asymmetricKeyType === "ec" || asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}
