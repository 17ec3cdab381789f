import { AppError } from "../platform/errors";
import type { AcmeAccount } from "./account";
import { generateAccountKey } from "./account-key";
import type { AccountStore } from "./account-store";
import type { AcmeCallOptions } from "./call";
import { settleKeyRollover } from "./settle-key-rollover";
import { formatStoredAccount, parseStoredAccount } from "./stored-account";

/**
 * Changes the key of an account (RFC 8555 7.3.5). The order of steps survives a crash between any two of them: the next
 * key is put into the store beside the old one; the CA is asked to change; the next key becomes the key. `openAccount`
 * asks the CA which key it knows when it finds two, and a rollover that is tried again goes on with the same next key.
 *
 * Other processes that hold the account open sign with the old key and are refused from then on; they must
 * open it anew.
 */
export async function rollOverAccountKey(
  account: AcmeAccount,
  store: AccountStore,
  options: AcmeCallOptions = {},
): Promise<void> {
  const { connection, url } = account;
  const what = `cannot change the key of ACME account ${url}`;
  if (store.readOnly === true) throw new AppError("acme_account", `${what}: ${store.place} cannot be written`);
  const text = await store.get();
  if (text === undefined) throw new AppError("acme_account", `${what}: it is no longer in ${store.place}`);
  const stored = parseStoredAccount(text, store.place, connection.directoryUrl);
  const nextPrivateKey = stored.nextPrivateKey ?? (await generateAccountKey());
  const rolling = { ...stored, accountUrl: url, nextPrivateKey };
  await store.replace(formatStoredAccount(rolling));
  try {
    await account.call(what, (client) => client.updateAccountKey(nextPrivateKey), options);
  } catch (error) {
    // The answer to an earlier try may have been lost: then the CA refuses the old key because it has the next one.
    const settled = await settleKeyRollover(connection, store, rolling, options);
    if (settled.privateKey !== nextPrivateKey) throw error;
  }
  account.useKey(nextPrivateKey);
  await store.replace(formatStoredAccount({ ...rolling, privateKey: nextPrivateKey, nextPrivateKey: undefined }));
}
