import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { AppError } from "../../platform/errors";

const run = promisify(execFile);

/** As package.json says under `engines`; a test compares. */
export const oldestNode = [20, 9] as const;

/**
 * The installed provider runs with the `node` on PATH, whichever runs this. Answers its version.
 * Error: `missing_part` where there is none, or an older one.
 */
export async function checkNode(environment: Readonly<Record<string, string | undefined>>): Promise<string> {
  const needed = `terraform will run the provider with 'node', Node.js ${oldestNode.join(".")} or later`;
  const hint = "install Node.js, and see that terraform's PATH has it";
  const { stdout } = await run("node", ["--version"], { env: { PATH: environment.PATH } }).catch((cause: unknown) => {
    throw new AppError("missing_part", `${needed}, and there is no working one on PATH`, { hint, cause });
  });
  const version = stdout.trim();
  const [, major = 0, minor = 0] = (/^v(\d+)\.(\d+)\./.exec(version) ?? []).map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]))
    throw new AppError("missing_part", `${needed}, and the one on PATH is ${version}`, { hint });
  return version;
}
