import { dirname, resolve } from "node:path";
import { AppError } from "../../platform/errors";
import type { ProxyConfig } from "../policy-file/parse-policy-file";
import { readNamedFile } from "../../platform/yaml-file/read-named-file";
import { parseMasterKey, type MasterKey, type MasterKeys } from "./client-secret";

/** Where the secrets that the policy file only names are found. */
export interface SecretSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The text of a secret in AWS Secrets Manager by its name or ARN. */
  readonly readAwsSecret: (secretId: string) => Promise<string>;
}

type KeyPlace = Omit<ProxyConfig["masterKey"], "previous">;

/** The master keys from where the policy file says. Errors: `missing_file`, `invalid_config`, those of AWS. */
export async function loadMasterKeys(
  { masterKey }: Pick<ProxyConfig, "masterKey">,
  policyFile: string,
  sources: SecretSources,
): Promise<MasterKeys> {
  const { previous, ...current } = masterKey;
  return {
    current: await loadKey(current, policyFile, sources),
    ...(previous === undefined ? {} : { previous: await loadKey(previous, policyFile, sources) }),
  };
}

async function loadKey(place: KeyPlace, policyFile: string, sources: SecretSources): Promise<MasterKey> {
  if (place.file !== undefined) {
    const file = resolve(dirname(policyFile), place.file);
    return parseMasterKey(readNamedFile(file, "masterKey.file"), file);
  }
  if (place.secretsManager !== undefined)
    return parseMasterKey(await sources.readAwsSecret(place.secretsManager), `the secret ${place.secretsManager}`);
  const variable = place.env ?? "";
  const text = sources.environment[variable];
  if (text === undefined || text === "")
    throw new AppError("invalid_config", `the environment variable ${variable} that holds the master key is not set`, {
      hint: 'make a key once with "openssl rand -base64 48" and keep it',
    });
  return parseMasterKey(text, `environment variable ${variable}`);
}
