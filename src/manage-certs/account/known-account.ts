import { parseStoredAccount, type StoredAccount } from "../../acme/stored-account";
import { accountOf, accountStoreFor } from "../../issuance/acme-accounts";
import type { Engine } from "../../issuance/engine";
import { AppError } from "../../platform/errors";
import type { ConfiguredIssuer } from "../config/config";

/** What may be said of an account; nothing of it is secret. */
export interface KnownAccount {
  readonly url: string;
  /** As last told to the CA. */
  readonly contactEmails: readonly string[];
  /** Where its key is kept. */
  readonly place: string;
  /** A change of key was begun and is not known to have ended; the next use of the account finds out. */
  readonly rollingOver: boolean;
}

/**
 * The account of an issuer, as it is stored. The CA is asked only where a bare key in the environment does not tell
 * its account. Errors: `acme_account` where there is none yet, and those of reading the store.
 */
export async function knownAccount(
  engine: Engine,
  issuer: ConfiguredIssuer,
  signal?: AbortSignal,
): Promise<KnownAccount> {
  const { place, readOnly } = accountStoreFor(engine, issuer.directoryUrl);
  const stored = await storedAccount(engine, issuer);
  const isLeftToAsk = stored?.accountUrl === undefined && readOnly === true;
  const url = isLeftToAsk ? (await accountOf(engine, issuer, signal)).url : stored?.accountUrl;
  if (url === undefined) throw noAccount(issuer, place);
  return {
    ...{ url, place, contactEmails: stored?.contactEmails ?? [] },
    rollingOver: stored?.nextPrivateKey !== undefined,
  };
}

/** Undefined where nothing is stored. */
export async function storedAccount(
  engine: Engine,
  { directoryUrl }: ConfiguredIssuer,
): Promise<StoredAccount | undefined> {
  const store = accountStoreFor(engine, directoryUrl);
  const text = await store.get();
  return text === undefined ? undefined : parseStoredAccount(text, store.place, directoryUrl);
}

export function noAccount({ name, directoryUrl }: ConfiguredIssuer, place: string): AppError {
  return new AppError("acme_account", `there is no ACME account of ${name} (${directoryUrl}) in ${place} yet`, {
    hint: `make it: manage-certs account create --issuer ${name}`,
  });
}
