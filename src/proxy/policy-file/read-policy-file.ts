import { readNamedFile } from "../../platform/yaml-file/read-named-file";
import { parsePolicyFile, type ProxyConfig } from "./parse-policy-file";

/** Reads and checks the policy file. Errors: `missing_file`, `invalid_config`. */
export function readPolicyFile(file: string): ProxyConfig {
  return parsePolicyFile(readNamedFile(file, "the policy file"), file);
}
