/** Where a secret is, in place of the secret: what configurations, state and plans may hold. */
import { readFile } from "node:fs/promises";
import { AppError, messageOf } from "./errors";

/** Where a secret is; it is read when it is needed, and nowhere kept. */
export type SecretReference =
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "secrets-manager"; readonly secretArn: string };

/** As configuration files name a place. */
export interface SecretPlaces {
  readonly env?: string;
  readonly file?: string;
  /** Name or ARN. */
  readonly secretsManager?: string;
}

/** Undefined if none is named, or several. */
export function onePlace({ env, file, secretsManager }: SecretPlaces): SecretReference | undefined {
  const named: SecretReference[] = [
    ...(env === undefined ? [] : [{ kind: "environment" as const, variable: env }]),
    ...(file === undefined ? [] : [{ kind: "file" as const, path: file }]),
    ...(secretsManager === undefined ? [] : [{ kind: "secrets-manager" as const, secretArn: secretsManager }]),
  ];
  return named.length === 1 ? named[0] : undefined;
}

/** The place for people; it tells nothing of the secret. */
export function placeText(reference: SecretReference): string {
  switch (reference.kind) {
    case "environment":
      return `environment variable ${reference.variable}`;
    case "file":
      return reference.path;
    case "secrets-manager":
      return `secret ${reference.secretArn}`;
  }
}

export interface SecretSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The text of a secret in AWS Secrets Manager, undefined if there is none. */
  readonly readAwsSecret: (secretId: string) => Promise<string | undefined>;
}

/** What is looked for, for messages: `the HMAC key of the external account binding`. */
export interface WantedSecret {
  readonly what: string;
  readonly hint: string;
}

/** The secret, without the space around it. Errors: `missing_file`, `invalid_config`, those of AWS. */
export async function readSecret(
  reference: SecretReference,
  wanted: WantedSecret,
  { environment, readAwsSecret }: SecretSources,
): Promise<string> {
  const text = await read();
  if (text !== undefined && text.trim() !== "") return text.trim();
  throw new AppError("invalid_config", `${placeText(reference)} does not hold ${wanted.what}`, { hint: wanted.hint });

  async function read(): Promise<string | undefined> {
    switch (reference.kind) {
      case "environment":
        return environment[reference.variable];
      case "file":
        return readKeyFile(reference.path, wanted.what);
      case "secrets-manager":
        return readAwsSecret(reference.secretArn);
    }
  }
}

async function readKeyFile(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new AppError("missing_file", `cannot read ${what} in ${path}: ${messageOf(error)}`, { cause: error });
  }
}
