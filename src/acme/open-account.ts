import { AppError } from "../platform/errors";
import { AcmeAccount } from "./account";
import { generateAccountKey } from "./account-key";
import type { AccountStore } from "./account-store";
import { acmeCall, type AcmeCallOptions } from "./call";
import type { AcmeConnection } from "./connection";
import { newLibraryClient, type ExternalAccountBinding } from "./library";
import { settleKeyRollover } from "./settle-key-rollover";
import { formatStoredAccount, parseStoredAccount, type StoredAccount } from "./stored-account";
import { contactUrls, updateContact } from "./update-contact";

export interface OpenAccountOptions extends AcmeCallOptions {
  readonly store: AccountStore;
  /** Where the CA may write to; the CA is told when it differs from the last time. @default left as it is */
  readonly contactEmails?: readonly string[];
  /** Needed where the CA asks for it, at the first use of the account only (RFC 8555 7.3.4). */
  readonly externalAccountBinding?: ExternalAccountBinding;
  /** Whoever configures a CA agrees to its terms of service. @default true */
  readonly termsOfServiceAgreed?: boolean;
}

/**
 * The account in the store, made and registered if there is none. Without news it sends no request.
 *
 * Several first runs at once make one account: the key is put into the store before the CA hears of it, by whoever
 * comes first; then all register that same key, which the CA answers with the same account (RFC 8555 7.3). The same
 * repairs a crash between the two.
 *
 * Errors: `acme_account` (nothing to read in a read-only store, another CA's account, binding missing, deactivated …),
 * `store_unreadable`, `store_unwritable`, and those of a request.
 */
export async function openAccount(connection: AcmeConnection, options: OpenAccountOptions): Promise<AcmeAccount> {
  const { store, contactEmails } = options;
  let stored = await readOrCreate(connection, options);
  if (stored.nextPrivateKey !== undefined) stored = await settleKeyRollover(connection, store, stored, options);
  const accountUrl = stored.accountUrl ?? (await register(connection, stored, options));
  const account = new AcmeAccount(connection, accountUrl, stored.privateKey);
  const registered = stored.accountUrl === undefined;
  if (registered) await remember(store, { ...stored, accountUrl, contactEmails: contactEmails ?? [] }, connection);
  else if (contactEmails !== undefined && store.readOnly !== true && differ(contactEmails, stored.contactEmails))
    await updateContact(account, store, contactEmails, options);
  return account;
}

async function readOrCreate(connection: AcmeConnection, { store }: OpenAccountOptions): Promise<StoredAccount> {
  const { directoryUrl } = connection;
  const found = await store.get();
  if (found !== undefined) return parseStoredAccount(found, store.place, directoryUrl);
  if (store.readOnly === true)
    throw new AppError("acme_account", `there is no ACME account in ${store.place}`, {
      hint: "put the text of an account, or its private key in PEM, there first",
    });
  const fresh: StoredAccount = { directoryUrl, contactEmails: [], privateKey: await generateAccountKey() };
  if (await store.createIfAbsent(formatStoredAccount(fresh))) return fresh;
  const first = await store.get();
  if (first === undefined)
    throw new AppError("acme_account", `the ACME account in ${store.place} was removed while it was being made`, {
      retryable: true,
    });
  return parseStoredAccount(first, store.place, directoryUrl);
}

/** Registers the stored key, or finds its account (RFC 8555 7.3, 7.3.1); a read-only store's account must exist. */
async function register(
  connection: AcmeConnection,
  stored: StoredAccount,
  options: OpenAccountOptions,
): Promise<string> {
  const { store, externalAccountBinding: binding } = options;
  const mustExist = store.readOnly === true;
  const { externalAccountRequired } = await connection.directory(options.signal);
  if (externalAccountRequired && binding === undefined && !mustExist)
    throw new AppError("acme_account", `${connection.directoryUrl} makes accounts only with an external binding`, {
      hint: "give the external account binding (key ID and MAC key) that the CA issued to you",
    });
  if (binding !== undefined) checkBinding(binding);
  const client = newLibraryClient({ connection, accountKey: stored.privateKey, externalAccountBinding: binding });
  const { value } = await acmeCall(
    connection,
    `cannot ${mustExist ? "find" : "register"} the ACME account in ${store.place} at ${connection.directoryUrl}`,
    async () => {
      const account = await client.createAccount(
        mustExist
          ? { onlyReturnExisting: true }
          : {
              termsOfServiceAgreed: options.termsOfServiceAgreed ?? true,
              contact: contactUrls(options.contactEmails ?? []),
            },
      );
      return { url: client.getAccountUrl(), status: account.status };
    },
    options,
  );
  if (value.status === "valid") return value.url;
  throw new AppError("acme_account", `the ACME account ${value.url} is ${value.status}`, {
    hint: `remove it from ${store.place} to make a new one`,
  });
}

async function remember(store: AccountStore, account: StoredAccount, connection: AcmeConnection): Promise<void> {
  if (store.readOnly === true) return;
  const text = await store.get();
  // Another run registered the same key and may have gone on since, to a new key even: leave what it wrote.
  if (text !== undefined && parseStoredAccount(text, store.place, connection.directoryUrl).accountUrl !== undefined)
    return;
  await store.replace(formatStoredAccount(account));
}

function checkBinding({ keyId, macKey }: ExternalAccountBinding): void {
  const refuse = (why: string) =>
    new AppError("invalid_config", `the external account binding cannot be used: ${why}`, {
      hint: "copy both values as the CA shows them",
    });
  if (keyId === "") throw refuse("its key ID is empty");
  if (!/^[A-Za-z0-9_-]{16,}=*$/.test(macKey)) throw refuse("its MAC key is not base64url");
}

function differ(a: readonly string[], b: readonly string[]): boolean {
  return a.length !== b.length || a.some((value, index) => value !== b[index]);
}
