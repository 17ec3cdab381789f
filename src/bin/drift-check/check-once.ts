import { readConfig } from "../../drift/config/read-config";
import type { CommandManners } from "../command-manners";
import { openRecording } from "../open-recording";
import { check, type CheckOptions } from "./check";
import { showProgress } from "./show-progress";
import { writeReports, type ReportFlags } from "./write-reports";

export interface CheckFlags extends ReportFlags {
  readonly config?: string;
  readonly terraformBin?: string;
  /** @default true */
  readonly notify?: boolean;
}

/** A run for a command that ends with it, with its exit code. */
export async function checkOnce(
  asked: Pick<CheckOptions, "wanted" | "apply" | "approval">,
  flags: CheckFlags,
  manners: CommandManners,
): Promise<void> {
  const { notify = true } = flags;
  const written = await readConfig(flags.config);
  const config = notify ? written : { ...written, notify: [] };
  const progress = showProgress(manners);
  const recording = openRecording("drift-check", manners);
  let isKept = true;
  const run = await check({
    ...{ ...asked, config, configFile: flags.config, terraformBin: flags.terraformBin, environment: process.env },
    ...{ ...progress, recorder: recording.recorder },
    onTrouble: ({ message, hint }) => {
      isKept = false;
      manners.say(hint === undefined ? message : `${message}; ${hint}`);
    },
  });
  await writeReports(run, flags);
  if (!isKept && process.exitCode === 0) process.exitCode = 1;
  await recording.close();
}
