import { readConfig } from "../../drift/config/read-config";
import { selfTestLine } from "../../drift/self-test/tell-self-test";
import type { CommandManners } from "../command-manners";
import type * as Bundled from "./bundled-self-test";
import { selfTestStacks } from "./self-test-stacks";

export interface SelfTestFlags {
  readonly config?: string;
  readonly terraformBin?: string;
}

/** Errors: `self_test_failed`, and those of `readConfig` and `findStacks`. */
export async function runSelfTest(
  wanted: readonly string[],
  { config: file, terraformBin }: SelfTestFlags,
  manners: CommandManners,
): Promise<void> {
  const stop = new AbortController();
  manners.onStopSignal(async (signal) => {
    manners.say(`${signal}: terraform is told to stop`);
    stop.abort();
  });
  const config = await readConfig(file);
  const tell = (line: string) => process.stdout.write(`${line}\n`);
  const asked = { config, terraformBin, environment: process.env, signal: stop.signal };
  if (wanted.length > 0) return selfTestStacks({ ...asked, wanted, onDone: (result) => tell(selfTestLine(result)) });
  // Not an import at the top: the sandbox is much to load, and only needed here.
  const { bundledSelfTest } = module.require("./bundled-self-test") as typeof Bundled;
  await bundledSelfTest({ ...asked, tell });
}
