import { AppError } from "../platform/errors";
import type { AcmeAccount } from "./account";
import type { AccountStore } from "./account-store";
import type { AcmeCallOptions } from "./call";
import { formatStoredAccount, parseStoredAccount } from "./stored-account";

/** Tells the CA where to write to (RFC 8555 7.3.2) and notes it in the store. An empty list removes every address. */
export async function updateContact(
  account: AcmeAccount,
  store: AccountStore,
  contactEmails: readonly string[],
  options: AcmeCallOptions = {},
): Promise<void> {
  const what = `cannot change the contact of ACME account ${account.url}`;
  await account.call(what, (client) => client.updateAccount({ contact: contactUrls(contactEmails) }), options);
  if (store.readOnly === true) return;
  const text = await store.get();
  if (text === undefined) throw new AppError("acme_account", `the ACME account in ${store.place} is gone`);
  const stored = parseStoredAccount(text, store.place, account.connection.directoryUrl);
  await store.replace(formatStoredAccount({ ...stored, contactEmails }));
}

/** RFC 8555 7.3: contacts are URLs, and every CA takes mailto (RFC 6068). */
export function contactUrls(emails: readonly string[]): string[] {
  return emails.map((email) => `mailto:${email}`);
}
