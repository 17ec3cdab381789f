import { rollOverAccountKey } from "../../acme/roll-over-account-key";
import { accountOf, accountStoreFor } from "../../issuance/acme-accounts";
import type { Engine } from "../../issuance/engine";
import { AppError } from "../../platform/errors";
import type { ConfiguredIssuer } from "../config/config";
import { knownAccount, noAccount, storedAccount, type KnownAccount } from "./known-account";

/**
 * Gives the account of an issuer a new key (RFC 8555 7.3.5); see `rollOverAccountKey` for what a crash leaves.
 * Errors: `acme_account` where there is no account, or where it is kept in the environment, which nobody can write.
 */
export async function rollOverAccount(
  engine: Engine,
  issuer: ConfiguredIssuer,
  signal?: AbortSignal,
): Promise<KnownAccount> {
  const store = accountStoreFor(engine, issuer.directoryUrl);
  if (store.readOnly === true)
    throw new AppError("acme_account", `the key of the ACME account in ${store.place} cannot be changed from here`, {
      hint: "set accountStore to file or secretsManager, where it is kept; then put the new text into the variable",
    });
  if ((await storedAccount(engine, issuer)) === undefined) throw noAccount(issuer, store.place);
  await rollOverAccountKey(await accountOf(engine, issuer, signal), store, { signal });
  return knownAccount(engine, issuer, signal);
}
