import { homedir } from "node:os";
import { issuerCalled } from "../../manage-certs/config/issuer-called";
import { readConfig } from "../../manage-certs/config/read-config";
import { nameOfCertificate } from "../../manage-certs/findings/words";
import { holdRenewals, judgedRenewals } from "../../manage-certs/policy/hold-renewals";
import { planRenewals } from "../../manage-certs/renew/plan-renewals";
import { preflight } from "../../manage-certs/renew/preflight";
import { prepareRenewals } from "../../manage-certs/renew/prepare-renewals";
import { runRenewals, type RenewalReport } from "../../manage-certs/renew/run-renewals";
import { parseSelector } from "../../manage-certs/renew/selector";
import { toJunit } from "../../manage-certs/report/junit";
import { toMarkdown } from "../../manage-certs/report/markdown";
import { exitCodeOfRenewals, toRenewalsDocument, type RenewalsRun } from "../../manage-certs/report/renewals-document";
import { appliedText, plannedText, toldOf } from "../../manage-certs/report/renewals-text";
import { pointsCalled } from "../../manage-certs/scan/points-called";
import { silentLogger } from "../../platform/log";
import type { CommandManners } from "../command-manners";
import { fromCommandLine } from "../from-command-line";
import type { EstateFlags, PolicyFlags } from "./estate-flags";
import { inEstate } from "./in-estate";
import type { ReportFlags } from "./report-flags";
import { writeReports } from "./write-reports";

export interface RenewFlags extends EstateFlags, PolicyFlags, ReportFlags {
  readonly apply?: true;
  readonly only?: readonly string[];
  /** Milliseconds. */
  readonly within?: number;
  readonly max?: number;
  readonly issuer?: string;
  readonly canary?: string;
  readonly unproved?: true;
}

export async function runRenew(flags: RenewFlags, manners: CommandManners): Promise<void> {
  const { regions, accounts, connectTo, roots, apply = false } = flags;
  const only = fromCommandLine(() => (flags.only ?? []).map(parseSelector));
  const config = await readConfig({ file: flags.config, environment: process.env, homeFolder: homedir() });
  const issuer = flags.issuer === undefined ? undefined : issuerCalled(flags.issuer, config);
  const stop = new AbortController();
  manners.onStopSignal(async (signal) => {
    manners.say(`${signal}: what is under way is brought to an end`);
    stop.abort();
  });
  const { signal } = stop;
  const choices = { regions, accountsFile: accounts, connectTo, rootsFile: roots };
  await inEstate(
    config,
    { choices, asksWhatIsDue: true, policyFile: flags.policy, signal },
    manners,
    async ({ estate, scan, recorder, progress, policy }) => {
      if (flags.canary !== undefined) pointsCalled(flags.canary, estate);
      const { canary, unproved, within: withinMs, max } = flags;
      const parts = await prepareRenewals(config, scan, { canary, unproved, recorder, log: silentLogger, signal });
      const wishes = { only, withinMs, max: max ?? config.limits.changes, issuer };
      const held = holdRenewals(planRenewals(estate, wishes, config), policy.enforced, estate.scannedAt);
      await policy.record(judgedRenewals(held));
      const planned = await preflight(held, { ...parts, signal });
      const reports: readonly RenewalReport[] = apply
        ? await runRenewals(planned, parts, {
            concurrency: config.limits.concurrency,
            onStep: ({ certificate }, step, where = "") =>
              progress.show(`${nameOfCertificate(certificate)}: ${step} ${where}`),
            onDone: (report) => {
              progress.clear();
              for (const line of toldOf(report)) manners.say(line);
            },
          })
        : planned.map((each) => ({ planned: each }));
      progress.clear();
      await report({ applied: apply, estate, reports, waivers: policy.waivers }, flags);
    },
  );
}

function report(run: RenewalsRun, flags: RenewFlags): Promise<void> {
  return writeReports(run, flags, {
    text: run.applied ? appliedText : plannedText,
    document: toRenewalsDocument,
    junit: toJunit,
    markdown: toMarkdown,
    exitCode: exitCodeOfRenewals,
  });
}
