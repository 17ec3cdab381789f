/**
 * The published form of what `unexpired provider install --json` writes, from which
 * docs/reference/schemas/provider-install.schema.json is made. Fields are added, never renamed or removed. Only its type is
 * used at run time.
 */
import { z } from "zod";

export const installedShape = z.strictObject({
  version: z.string().describe("of the provider"),
  mirror: z.string().describe("root of the filesystem mirror"),
  addresses: z.array(z.string()).describe("by which terraform and OpenTofu know the provider"),
  folders: z.array(z.string()).describe("what was written"),
  node: z.string().describe("version of the one on PATH, by which terraform will run it"),
  cliConfiguration: z.string().describe("for ~/.terraformrc, or a file that TF_CLI_CONFIG_FILE names"),
});
