import { readFileSync } from "node:fs";
import { AppError, messageOf } from "../../platform/errors";
import { parsePolicyFile, type ProxyConfig } from "./parse-policy-file";

/** Reads and checks the policy file. Errors: `missing_file`, `invalid_config`. */
export function readPolicyFile(file: string): ProxyConfig {
  return parsePolicyFile(readNamedFile(file, "the policy file"), file);
}

/** A file that the command line or the policy file names. Errors: `missing_file`, which names its role. */
export function readNamedFile(file: string, role: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new AppError("missing_file", `cannot read ${role}: ${messageOf(error)}`, { cause: error });
  }
}
