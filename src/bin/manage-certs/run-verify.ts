import { homedir } from "node:os";
import { readConfig } from "../../manage-certs/config/read-config";
import type { Config } from "../../manage-certs/config/config";
import { exitCodeOfVerification, toVerificationDocument } from "../../manage-certs/report/verification-document";
import { toVerificationJunit } from "../../manage-certs/report/verification-junit";
import { toVerificationMarkdown } from "../../manage-certs/report/verification-markdown";
import { verificationText } from "../../manage-certs/report/verification-text";
import type { Estate } from "../../manage-certs/scan/estate";
import { prepareHandshakes, prepareScan } from "../../manage-certs/scan/prepare-scan";
import { scanEstate } from "../../manage-certs/scan/scan-estate";
import { chooseTargets, needScan } from "../../manage-certs/verify/choose-targets";
import type { Verification } from "../../manage-certs/verify/verification";
import { verifyTargets } from "../../manage-certs/verify/verify-targets";
import { systemClock } from "../../platform/clock";
import type { CommandManners } from "../command-manners";
import { ProgressLine } from "../progress-line";
import type { EstateFlags } from "./estate-flags";
import type { ReportFlags } from "./report-flags";
import { writeReports } from "./write-reports";

export interface VerifyFlags extends EstateFlags, ReportFlags {}

export async function runVerify(
  targets: readonly string[],
  flags: VerifyFlags,
  manners: CommandManners,
): Promise<void> {
  const { connectTo, roots: rootsFile } = flags;
  const config = await readConfig({ file: flags.config, environment: process.env, homeFolder: homedir() });
  const handshakes = await prepareHandshakes(config, { connectTo, rootsFile });
  const stop = new AbortController();
  manners.onStopSignal(async () => stop.abort());
  const { signal } = stop;
  const progress = new ProgressLine(process.stderr);
  try {
    const estate = needScan(targets) ? await scan(config, flags, progress, signal) : undefined;
    const verification = await verifyTargets(chooseTargets(targets, estate), estate, {
      ...{ handshakes, signal, clock: systemClock },
      onProgress: (done, total) => progress.show(`${done} of ${total} handshakes`),
    });
    progress.clear();
    await report(verification, flags);
  } finally {
    progress.clear();
  }
}

/** What AWS says, without handshakes: those are made with the targets alone. */
async function scan(
  config: Config,
  { regions, accounts: accountsFile }: VerifyFlags,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<Estate> {
  const prepared = await prepareScan(config, { regions, accountsFile, handshakes: false });
  try {
    return await scanEstate({
      ...prepared.options,
      ...{ signal, lookUpCname: undefined, askRenewalInfo: undefined },
      onProgress: ({ certificates }) => progress.show(`${certificates} certificates`),
    });
  } finally {
    await prepared.close();
  }
}

function report(verification: Verification, flags: VerifyFlags): Promise<void> {
  return writeReports(verification, flags, {
    text: verificationText,
    document: toVerificationDocument,
    junit: toVerificationJunit,
    markdown: toVerificationMarkdown,
    exitCode: exitCodeOfVerification,
  });
}
