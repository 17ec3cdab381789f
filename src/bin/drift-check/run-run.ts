import { readConfig } from "../../drift/config/read-config";
import type { CommandManners } from "../command-manners";
import { openRecording } from "../open-recording";
import { check } from "./check";
import { showProgress } from "./show-progress";
import { writeReports, type ReportFlags } from "./write-reports";

export interface RunFlags extends ReportFlags {
  readonly apply?: true;
  readonly config?: string;
  readonly terraformBin?: string;
}

export async function runRun(wanted: readonly string[], flags: RunFlags, manners: CommandManners): Promise<void> {
  const config = await readConfig(flags.config);
  const { signal, ...progress } = showProgress(manners);
  const recording = openRecording("drift-check", manners);
  const { apply = false, terraformBin } = flags;
  const { recorder } = recording;
  const run = await check({
    ...{ config, wanted, apply, terraformBin, environment: process.env, recorder, signal },
    ...progress,
  });
  await writeReports(run, flags);
  await recording.close();
}
