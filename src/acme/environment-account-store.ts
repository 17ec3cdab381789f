import { AppError } from "../platform/errors";
import type { AccountStore } from "./account-store";

/**
 * Takes the account from an environment variable. It must be there and is never written, so the account must have been
 * made before: with a file store whose text is put into the variable, or by another client whose key (PEM) is.
 */
export function environmentAccountStore(
  variable: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): AccountStore {
  const refuse = async (): Promise<never> => {
    throw new AppError("acme_account", `the ACME account in environment variable ${variable} cannot be written`);
  };
  return {
    place: `environment variable ${variable}`,
    readOnly: true,
    get: async () => environment[variable] || undefined,
    createIfAbsent: refuse,
    replace: refuse,
  };
}
