import { homedir } from "node:os";
import type { IssuableKeyAlgorithm } from "../../certificates/key-algorithm";
import { listenersCalled } from "../../manage-certs/attach/listeners-called";
import type { Config } from "../../manage-certs/config/config";
import { readConfig } from "../../manage-certs/config/read-config";
import { issueRequest } from "../../manage-certs/issue/issue-request";
import { planIssue } from "../../manage-certs/issue/plan-issue";
import { runIssue } from "../../manage-certs/issue/run-issue";
import { holdIssue, judgedIssue } from "../../manage-certs/policy/hold-issue";
import { prepareRenewals } from "../../manage-certs/renew/prepare-renewals";
import { exitCodeOfIssue, toIssueDocument, type IssueRun } from "../../manage-certs/report/issue-document";
import { toIssueJunit } from "../../manage-certs/report/issue-junit";
import { toIssueMarkdown } from "../../manage-certs/report/issue-markdown";
import { appliedIssueText, plannedIssueText, toldOfIssue } from "../../manage-certs/report/issue-text";
import type { ScanOptions } from "../../manage-certs/scan/scan-estate";
import { AppError } from "../../platform/errors";
import { silentLogger } from "../../platform/log";
import type { CommandManners } from "../command-manners";
import type { AttachmentFlags } from "./attach";
import type { EstateFlags, PolicyFlags } from "./estate-flags";
import { regionsOf, shownBy, stopSignal, wishesOf } from "./run-attach";
import { inEstate } from "./in-estate";
import type { ReportFlags } from "./report-flags";
import { writeReports } from "./write-reports";

export interface IssueFlags extends EstateFlags, PolicyFlags, AttachmentFlags, ReportFlags {
  readonly attach?: readonly string[];
  readonly issuer?: string;
  readonly keyAlgorithm?: IssuableKeyAlgorithm;
}

export async function runIssueCommand(
  names: readonly string[],
  flags: IssueFlags,
  manners: CommandManners,
): Promise<void> {
  const { accounts: accountsFile, connectTo, roots: rootsFile, apply: applied = false, unproved } = flags;
  const { attach: listeners = [], issuer, keyAlgorithm } = flags;
  const config = await readConfig({ file: flags.config, environment: process.env, homeFolder: homedir() });
  const signal = stopSignal(manners);
  const choices = { regions: regionsFor(listeners, flags, config), accountsFile, connectTo, rootsFile };
  await inEstate(
    config,
    { choices, asksWhatIsDue: false, policyFile: flags.policy, signal },
    manners,
    async ({ estate, scan, recorder, progress, policy }) => {
      const points = listenersCalled(listeners, estate);
      const home = await homeOf(scan.options, signal);
      const request = issueRequest({ names, points, issuer, keyAlgorithm, home }, config);
      const parts = await prepareRenewals(config, scan, { unproved, recorder, log: silentLogger, signal });
      const wishes = wishesOf(flags, config);
      const plan = holdIssue(await planIssue(request, wishes, estate, parts), policy.enforced, estate.scannedAt);
      await policy.record(judgedIssue(plan));
      const report = applied
        ? await runIssue(plan, wishes, estate, parts, shownBy(progress, manners))
        : { plan, attachments: plan.attachments.map((planned) => ({ planned })) };
      progress.clear();
      if (applied) for (const line of toldOfIssue(report)) manners.say(line);
      await write({ applied, estate, report, waivers: policy.waivers }, flags);
    },
  );
}

/** Of listeners that are named by their ARNs, beside those that are looked at anyway. */
function regionsFor(
  listeners: readonly string[],
  { regions }: IssueFlags,
  config: Config,
): "all" | readonly string[] | undefined {
  const known = regions ?? config.regions ?? (config.engine.region === undefined ? undefined : [config.engine.region]);
  const told = regionsOf(listeners);
  if (known === "all" || told.length === 0) return known;
  return [...new Set([...(known ?? []), ...told])];
}

/** Where a certificate goes that no listener is named for: the first account, and its first region. */
async function homeOf(
  { accounts, regions }: ScanOptions,
  signal: AbortSignal,
): Promise<{ readonly accountId: string; readonly region: string }> {
  const [first] = accounts;
  if (first === undefined) throw new AppError("invalid_config", "no account is configured");
  const { accountId } = await first.access.identity.get(signal);
  return { accountId, region: regions === "all" ? first.homeRegion : (regions[0] ?? first.homeRegion) };
}

function write(run: IssueRun, flags: IssueFlags): Promise<void> {
  return writeReports(run, flags, {
    text: run.applied ? appliedIssueText : plannedIssueText,
    document: toIssueDocument,
    junit: toIssueJunit,
    markdown: toIssueMarkdown,
    exitCode: exitCodeOfIssue,
  });
}
