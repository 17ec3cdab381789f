import { homedir } from "node:os";
import { parseArn, parseCertificateArn } from "../../aws/arn";
import type { AttachmentWishes } from "../../manage-certs/attach/attachment-plan";
import { listenersCalled } from "../../manage-certs/attach/listeners-called";
import { planAttachments } from "../../manage-certs/attach/plan-attachments";
import { runAttachments } from "../../manage-certs/attach/run-attachments";
import type { Config } from "../../manage-certs/config/config";
import { readConfig } from "../../manage-certs/config/read-config";
import type { RunIssueOptions } from "../../manage-certs/issue/run-issue";
import { holdAttachments, judgedAttachments } from "../../manage-certs/policy/hold-attachments";
import { prepareRenewals } from "../../manage-certs/renew/prepare-renewals";
import {
  exitCodeOfAttachments,
  toAttachmentsDocument,
  type AttachmentsRun,
} from "../../manage-certs/report/attachments-document";
import { toAttachmentsJunit } from "../../manage-certs/report/attachments-junit";
import { toAttachmentsMarkdown } from "../../manage-certs/report/attachments-markdown";
import {
  appliedAttachmentsText,
  plannedAttachmentsText,
  toldOfAttachment,
} from "../../manage-certs/report/attachments-text";
import type { Estate, ScannedCertificate } from "../../manage-certs/scan/estate";
import { AppError } from "../../platform/errors";
import { silentLogger } from "../../platform/log";
import type { CommandManners } from "../command-manners";
import { fromCommandLine } from "../from-command-line";
import type { ProgressLine } from "../progress-line";
import type { AttachmentFlags } from "./attach";
import type { EstateFlags, PolicyFlags } from "./estate-flags";
import { inEstate } from "./in-estate";
import type { ReportFlags } from "./report-flags";
import { writeReports } from "./write-reports";

export interface AttachFlags extends EstateFlags, PolicyFlags, AttachmentFlags, ReportFlags {}

export async function runAttach(
  arn: string,
  listeners: readonly string[],
  flags: AttachFlags,
  manners: CommandManners,
): Promise<void> {
  const { accounts: accountsFile, connectTo, roots: rootsFile, apply: applied = false, unproved } = flags;
  const named = fromCommandLine(() => [parseCertificateArn(arn).region, ...regionsOf(listeners)]);
  const regions = flags.regions ?? [...new Set(named)];
  const config = await readConfig({ file: flags.config, environment: process.env, homeFolder: homedir() });
  const signal = stopSignal(manners);
  const choices = { regions, accountsFile, connectTo, rootsFile };
  await inEstate(
    config,
    { choices, asksWhatIsDue: false, policyFile: flags.policy, signal },
    manners,
    async ({ estate, scan, recorder, progress, policy }) => {
      const certificate = certificateOf(arn, estate);
      const wanted = planAttachments(certificate, listenersCalled(listeners, estate), wishesOf(flags, config), estate);
      const planned = holdAttachments(certificate, wanted, policy.enforced, estate.scannedAt);
      await policy.record(judgedAttachments(certificate, planned));
      const parts = await prepareRenewals(config, scan, { unproved, recorder, log: silentLogger, signal });
      const reports = applied
        ? await runAttachments(certificate, planned, parts, shownBy(progress, manners))
        : planned.map((each) => ({ planned: each }));
      progress.clear();
      await report({ applied, estate, certificate, reports, waivers: policy.waivers }, flags);
    },
  );
}

/** Of listeners that are named by their ARNs; CloudFront's have none. */
export function regionsOf(listeners: readonly string[]): readonly string[] {
  return listeners.flatMap((text) => (text.startsWith("arn:") ? [parseArn(text).region] : [])).filter(Boolean);
}

export function wishesOf(
  { default: isDefault, sni, detachOld }: AttachmentFlags,
  { limits }: Config,
): AttachmentWishes {
  const role = isDefault ? "default" : sni ? "sni" : undefined;
  return { role, detachOld: detachOld ?? false, certificatesPerLoadBalancer: limits.certificatesPerLoadBalancer };
}

export function stopSignal(manners: CommandManners): AbortSignal {
  const stop = new AbortController();
  manners.onStopSignal(async (signal) => {
    manners.say(`${signal}: what is under way is brought to an end`);
    stop.abort();
  });
  return stop.signal;
}

/** What is being done, and what came of it, on standard error. */
export function shownBy(progress: ProgressLine, manners: CommandManners): RunIssueOptions {
  return {
    onStep: (step, where) => progress.show(`${where}: ${step}`),
    onDone: (report) => {
      progress.clear();
      for (const line of toldOfAttachment(report)) manners.say(line);
    },
  };
}

function certificateOf(arn: string, { certificates, failures }: Estate): ScannedCertificate {
  const found = certificates.find((certificate) => certificate.arn === arn);
  if (found !== undefined) return found;
  const lost = failures.length > 0 ? ", and a part of the estate could not be looked at" : "";
  throw new AppError("aws_not_found", `the scan found no certificate ${arn}${lost}`, {
    hint: "check account and region; manage-certs scan shows what is there",
  });
}

function report(run: AttachmentsRun, flags: AttachFlags): Promise<void> {
  return writeReports(run, flags, {
    text: run.applied ? appliedAttachmentsText : plannedAttachmentsText,
    document: toAttachmentsDocument,
    junit: toAttachmentsJunit,
    markdown: toAttachmentsMarkdown,
    exitCode: exitCodeOfAttachments,
  });
}
