import { chmod, chown, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { AppError, messageOf } from "../platform/errors";
import { createPrivateFile } from "../platform/private-file";
import { deriveCredentials, newClientToken } from "./identity/client-secret";
import { addClientToken } from "./policy-file/add-client-token";
import { parsePolicyFile, type ProxyConfig } from "./policy-file/parse-policy-file";
import { loadMasterKeys, type SecretSources } from "./identity/master-keys";

export interface IssueOptions extends SecretSources {
  readonly policyFile: string;
  /** A client of the policy file. */
  readonly client: string;
  /** A new file for the section, which only its owner may read. @default none: the caller keeps the text */
  readonly outFile?: string;
}

/**
 * Makes a new token for a client, puts it into the policy file and returns the section of an `.edgerc` file for it. The
 * secret is in that text, and in `outFile`, only; it can be derived again from the master key alone. Errors: `invalid_config`,
 * `invalid_argument`, `missing_file`, `store_unwritable`; then the file is as it was.
 */
export async function issueCredentials({ policyFile, client, outFile, ...sources }: IssueOptions): Promise<string> {
  const text = await readFile(policyFile, "utf8").catch((error: unknown) => {
    throw new AppError("missing_file", `cannot read the policy file: ${messageOf(error)}`, { cause: error });
  });
  const config = parsePolicyFile(text, policyFile);
  const { current } = await loadMasterKeys(config, policyFile, sources);
  const credentials = deriveCredentials(current, newClientToken());
  const extended = addClientToken(text, client, credentials.clientToken);
  if (parsePolicyFile(extended, policyFile).policy.clientOfToken(credentials.clientToken)?.name !== client)
    throw new AppError("internal", `the token did not end up with client "${client}"`);
  const section = [
    `[${client}]`,
    `host = ${publicHost(config)}`,
    `client_token = ${credentials.clientToken}`,
    `client_secret = ${credentials.clientSecret}`,
    `access_token = ${credentials.accessToken}`,
    "",
  ].join("\n");
  await keepSection(outFile, section, () => replaceFile(policyFile, extended));
  return section;
}

/** The file comes first: a token in the policy whose secret got lost would be good for nobody. */
async function keepSection(outFile: string | undefined, section: string, register: () => Promise<void>): Promise<void> {
  if (outFile === undefined) return register();
  if (!(await createPrivateFile(outFile, section)))
    throw new AppError("store_unwritable", `${outFile} is there already, and nothing is overwritten`, {
      hint: "name another file, or move this one away",
    });
  try {
    await register();
  } catch (error) {
    await rm(outFile, { force: true });
    throw error;
  }
}

function publicHost({ listen }: ProxyConfig): string {
  const name = listen.names[0] ?? listen.host;
  return listen.port === 443 ? name : `${name}:${listen.port}`;
}

/** The file is read by more people than its owner, so it keeps owner, group and mode; a link to it stays a link. */
async function replaceFile(file: string, text: string): Promise<void> {
  const target = await realpath(file);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    const { mode, uid, gid } = await stat(target);
    await writeFile(temporary, text, { flag: "wx" });
    // others cannot give a file away
    if (process.getuid?.() === 0) await chown(temporary, uid, gid);
    await chmod(temporary, mode);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new AppError("store_unwritable", `cannot write ${file}: ${messageOf(error)}`, { cause: error });
  }
}
