/** The ACME account of a certificate's issuer, kept where the provider block says. Loads acme-client. */
import { readFile } from "node:fs/promises";
import type { AcmeAccount } from "../../acme/account";
import type { AccountStore } from "../../acme/account-store";
import { environmentAccountStore } from "../../acme/environment-account-store";
import { fileAccountStore } from "../../acme/file-account-store";
import { openAccount } from "../../acme/open-account";
import { AppError, messageOf } from "../../platform/errors";
import { KeyedQueue } from "../../platform/keyed-queue";
import type { CertificateState } from "./certificate/schema";
import type { Engine } from "./engine";

type Issuer = CertificateState["issuer"];

/** One at a time per directory, so that ten resources of one apply ask the store once. */
const opening = new KeyedQueue();
const opened = new WeakMap<Engine, Map<string, AcmeAccount>>();

/** Opens the account, or makes it at the first apply. Errors: those of `openAccount`, `invalid_config`, `missing_file`. */
export async function accountOf(engine: Engine, issuer: Issuer, signal?: AbortSignal): Promise<AcmeAccount> {
  const accounts = opened.get(engine) ?? new Map<string, AcmeAccount>();
  opened.set(engine, accounts);
  const key = `${issuer.directory_url} ${issuer.ca_file ?? ""} ${issuer.contact_email ?? ""}`;
  return opening.run(issuer.directory_url, async () => {
    const account =
      accounts.get(key) ??
      (await openAccount(engine.connection(issuer), {
        store: storeFor(engine, issuer.directory_url),
        contactEmails: issuer.contact_email === null ? undefined : [issuer.contact_email],
        externalAccountBinding: await bindingOf(engine, issuer),
        signal,
      }));
    accounts.set(key, account);
    return account;
  });
}

function storeFor(engine: Engine, directoryUrl: string): AccountStore {
  const { accountPlace: place, environment } = engine.settings;
  switch (place.kind) {
    case "file":
      return fileAccountStore(place.folder, directoryUrl);
    case "environment":
      return environmentAccountStore(place.variable, environment);
    case "secrets-manager": {
      const secrets = engine.secrets();
      return {
        place: `secret ${place.secretName}`,
        get: () => secrets.get(place.secretName),
        createIfAbsent: (text) => secrets.createIfAbsent(place.secretName, text),
        replace: (text) => secrets.put(place.secretName, text),
      };
    }
  }
}

async function bindingOf(engine: Engine, { external_account_binding: binding }: Issuer) {
  if (binding === null) return undefined;
  const { key_id: keyId, hmac_key_env, hmac_key_file, hmac_key_secret_arn } = binding;
  if (hmac_key_env !== null)
    return {
      keyId,
      macKey: required(engine.settings.environment[hmac_key_env], `environment variable ${hmac_key_env}`),
    };
  if (hmac_key_file !== null) return { keyId, macKey: await readKeyFile(hmac_key_file) };
  if (hmac_key_secret_arn !== null)
    return {
      keyId,
      macKey: required(await engine.secrets().get(hmac_key_secret_arn), `secret ${hmac_key_secret_arn}`),
    };
  return undefined;
}

function required(text: string | undefined, place: string): string {
  if (text !== undefined && text.trim() !== "") return text.trim();
  throw new AppError("invalid_config", `${place} does not hold the HMAC key of the external account binding`, {
    hint: "put the key there that the CA gave, in base64url",
  });
}

async function readKeyFile(path: string): Promise<string> {
  try {
    return required(await readFile(path, "utf8"), path);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("missing_file", `cannot read the HMAC key in ${path}: ${messageOf(error)}`, { cause: error });
  }
}
