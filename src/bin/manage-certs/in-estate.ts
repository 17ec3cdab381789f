import { recordChanges } from "../../issuance/record-changes";
import type { Recorder } from "../../ledger/recorder";
import type { Config } from "../../manage-certs/config/config";
import type { Estate } from "../../manage-certs/scan/estate";
import { prepareScan, type PreparedScan, type ScanChoices } from "../../manage-certs/scan/prepare-scan";
import { scanEstate } from "../../manage-certs/scan/scan-estate";
import type { CommandManners } from "../command-manners";
import { openRecording } from "../open-recording";
import { ProgressLine } from "../progress-line";

/** What a command that changes something works with. */
export interface InEstate {
  readonly estate: Estate;
  readonly scan: PreparedScan;
  /** Hears of every change, whoever makes it. */
  readonly recorder: Recorder;
  readonly progress: ProgressLine;
}

export interface InEstateOptions {
  readonly choices: ScanChoices;
  /** Whether it matters what is due, for which CAs and DNS are asked. */
  readonly asksWhatIsDue: boolean;
  readonly signal: AbortSignal;
}

/** Looks at the estate, without handshakes: those are made with what is changed. Then does the work, on record. */
export async function inEstate(
  config: Config,
  { choices, asksWhatIsDue, signal }: InEstateOptions,
  manners: CommandManners,
  work: (within: InEstate) => Promise<void>,
): Promise<void> {
  const recording = openRecording("manage-certs", manners);
  const { recorder } = recording;
  const scan = await prepareScan(config, choices, { onChange: recordChanges(recorder) });
  const progress = new ProgressLine(process.stderr);
  try {
    const estate = await scanEstate({
      ...scan.options,
      ...(!asksWhatIsDue && { askRenewalInfo: undefined, lookUpCname: undefined }),
      ...{ handshakes: undefined, signal },
      onProgress: ({ certificates }) => progress.show(`${certificates} certificates`),
    });
    await work({ estate, scan, recorder, progress });
  } finally {
    progress.clear();
    await scan.close();
    await recording.close();
  }
}
