import { recordChanges } from "../../issuance/record-changes";
import { readPolicy } from "../../issuance/read-policy";
import { recordPolicy, type Judged } from "../../issuance/record-policy";
import type { Recorder } from "../../ledger/recorder";
import type { Config } from "../../manage-certs/config/config";
import type { Estate } from "../../manage-certs/scan/estate";
import { prepareScan, type PreparedScan, type ScanChoices } from "../../manage-certs/scan/prepare-scan";
import { scanEstate } from "../../manage-certs/scan/scan-estate";
import { waiversInForce, type ReportedWaiver } from "../../policy/reported-waiver";
import type { EnforcedPolicy } from "../../policy/told-finding";
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
  readonly policy: PolicyAtWork;
}

export interface PolicyAtWork {
  /** Undefined: there is none. */
  readonly enforced?: EnforcedPolicy;
  /** In force at the time of the scan. */
  readonly waivers: readonly ReportedWaiver[];
  /** What was found goes on record. */
  record(judged: readonly Judged[]): Promise<void>;
}

export interface InEstateOptions {
  readonly choices: ScanChoices;
  /** Whether it matters what is due, for which CAs and DNS are asked. */
  readonly asksWhatIsDue: boolean;
  /** In place of the configuration's. */
  readonly policyFile?: string;
  readonly signal: AbortSignal;
}

/** Looks at the estate, without handshakes: those are made with what is changed. Then does the work, on record. */
export async function inEstate(
  config: Config,
  { choices, asksWhatIsDue, policyFile, signal }: InEstateOptions,
  manners: CommandManners,
  work: (within: InEstate) => Promise<void>,
): Promise<void> {
  const enforced = enforcedPolicy(config, policyFile);
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
    const now = estate.scannedAt;
    const policy: PolicyAtWork = {
      enforced,
      waivers: enforced === undefined ? [] : waiversInForce(enforced.policy, now),
      record: (judged) => recordPolicy(judged, { recorder, cacheFolder: config.cacheFolder, now }),
    };
    await work({ estate, scan, recorder, progress, policy });
  } finally {
    progress.clear();
    await scan.close();
    await recording.close();
  }
}

/** Errors: those of `readPolicy`. */
export function enforcedPolicy({ policy }: Config, file: string | undefined): EnforcedPolicy | undefined {
  const chosen = file === undefined ? policy : { ...policy, file };
  return chosen === undefined ? undefined : readPolicy(chosen);
}
