import { AppError, isAppError } from "../platform/errors";
import type { AccountStore } from "./account-store";
import { acmeCall, type AcmeCallOptions } from "./call";
import type { AcmeConnection } from "./connection";
import { newLibraryClient } from "./library";
import { formatStoredAccount, type StoredAccount } from "./stored-account";

/**
 * The stored account with the key that the CA knows, after a rollover that may not have ended. If the CA has changed
 * to the next key, that one becomes the key. If it still has the old one, the record stays as it is: another process
 * may be about to change the key, and must find the next key there if it crashes. Errors: `acme_account` if the CA
 * knows neither.
 */
export async function settleKeyRollover(
  connection: AcmeConnection,
  store: AccountStore,
  stored: StoredAccount,
  options: AcmeCallOptions = {},
): Promise<StoredAccount> {
  const { accountUrl, privateKey, nextPrivateKey } = stored;
  if (accountUrl === undefined || nextPrivateKey === undefined) return stored;
  const isKnown = async (accountKey: string): Promise<boolean> => {
    const client = newLibraryClient({ connection, accountKey, accountUrl });
    try {
      await acmeCall(connection, `cannot read ACME account ${accountUrl}`, () => client.updateAccount(), options);
      return true;
    } catch (error) {
      if (isAppError(error) && !error.retryable && error.code.startsWith("acme_")) return false;
      throw error;
    }
  };
  if (await isKnown(privateKey)) return stored;
  if (!(await isKnown(nextPrivateKey)))
    throw new AppError("acme_account", `the CA knows neither key of ACME account ${accountUrl} in ${store.place}`, {
      hint: "the account was deactivated, or its key was changed elsewhere: remove it there to make a new one",
    });
  const settled = { ...stored, privateKey: nextPrivateKey, nextPrivateKey: undefined };
  if (store.readOnly !== true) await store.replace(formatStoredAccount(settled));
  return settled;
}
