/** The ACME account of a certificate's issuer, kept where the settings say. Loads acme-client. */
import type { AcmeAccount } from "../acme/account";
import type { AccountStore } from "../acme/account-store";
import { environmentAccountStore } from "../acme/environment-account-store";
import { fileAccountStore } from "../acme/file-account-store";
import { openAccount } from "../acme/open-account";
import { KeyedQueue } from "../platform/keyed-queue";
import { readSecret, type SecretReference } from "../platform/secret-reference";
import type { AcmeIssuer } from "./acme-issuer";
import type { Engine } from "./engine";

/** One at a time per directory, so that ten resources of one apply ask the store once. */
const opening = new KeyedQueue();
const opened = new WeakMap<Engine, Map<string, AcmeAccount>>();

/** Opens the account, or makes it at the first apply. Errors: those of `openAccount`, `invalid_config`, `missing_file`. */
export async function accountOf(engine: Engine, issuer: AcmeIssuer, signal?: AbortSignal): Promise<AcmeAccount> {
  const accounts = opened.get(engine) ?? new Map<string, AcmeAccount>();
  opened.set(engine, accounts);
  const { directoryUrl, caFile, contactEmail, externalAccountBinding: binding } = issuer;
  const key = `${directoryUrl} ${caFile ?? ""} ${contactEmail ?? ""}`;
  return opening.run(directoryUrl, async () => {
    const account =
      accounts.get(key) ??
      (await openAccount(engine.connection(issuer), {
        store: accountStoreFor(engine, directoryUrl),
        contactEmails: contactEmail === undefined ? undefined : [contactEmail],
        externalAccountBinding: binding && { keyId: binding.keyId, macKey: await readMacKey(engine, binding.macKey) },
        signal,
      }));
    accounts.set(key, account);
    return account;
  });
}

/** Where the account of a CA is kept, or would be. */
export function accountStoreFor(engine: Engine, directoryUrl: string): AccountStore {
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

function readMacKey(engine: Engine, reference: SecretReference): Promise<string> {
  const wanted = {
    what: "the HMAC key of the external account binding",
    hint: "put the key there that the CA gave, in base64url",
  };
  const readAwsSecret = (secretId: string) => engine.secrets().get(secretId);
  return readSecret(reference, wanted, { environment: engine.settings.environment, readAwsSecret });
}
