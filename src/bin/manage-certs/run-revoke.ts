import { homedir } from "node:os";
import { parseArn } from "../../aws/arn";
import type { RevocationReason } from "../../acme/revocation-reason";
import { normalSerial } from "../../certificates/serial";
import type { Config } from "../../manage-certs/config/config";
import { issuerCalled } from "../../manage-certs/config/issuer-called";
import { readConfig } from "../../manage-certs/config/read-config";
import { nameOfCertificate } from "../../manage-certs/findings/words";
import { holdRevocations, judgedRevocations } from "../../manage-certs/policy/hold-revocations";
import { prepareRenewals } from "../../manage-certs/renew/prepare-renewals";
import {
  exitCodeOfRevocations,
  toRevocationsDocument,
  type RevocationsRun,
} from "../../manage-certs/report/revocations-document";
import { toRevocationsJunit } from "../../manage-certs/report/revocations-junit";
import { toRevocationsMarkdown } from "../../manage-certs/report/revocations-markdown";
import {
  appliedRevocationsText,
  plannedRevocationsText,
  toldOfRevocation,
} from "../../manage-certs/report/revocations-text";
import { planNamed, prepareRevocations, readLeafFile } from "../../manage-certs/revoke/prepare-revocations";
import { runRevocations, type RevocationReport } from "../../manage-certs/revoke/run-revocations";
import { silentLogger } from "../../platform/log";
import type { CommandManners } from "../command-manners";
import { fromCommandLine } from "../from-command-line";
import type { EstateFlags, PolicyFlags } from "./estate-flags";
import { inEstate } from "./in-estate";
import type { ReportFlags } from "./report-flags";
import { writeReports } from "./write-reports";

export interface RevokeFlags extends EstateFlags, PolicyFlags, ReportFlags {
  readonly reason: RevocationReason;
  readonly apply?: true;
  readonly replace?: true;
  readonly now?: true;
  readonly issuer?: string;
  readonly serial?: readonly string[];
  readonly leaf?: string;
  readonly unproved?: true;
}

export async function runRevoke(arns: readonly string[], flags: RevokeFlags, manners: CommandManners): Promise<void> {
  const { accounts, connectTo, roots, reason, apply = false, replace = false, now = false, unproved = false } = flags;
  const named = fromCommandLine(() => arns.map((arn) => parseArn(arn).region)).filter((region) => region !== "");
  const config = await readConfig({ file: flags.config, environment: process.env, homeFolder: homedir() });
  const issuer = flags.issuer === undefined ? undefined : issuerCalled(flags.issuer, config);
  const leaf = flags.leaf === undefined ? undefined : await readLeafFile(flags.leaf);
  const stop = new AbortController();
  manners.onStopSignal(async (signal) => {
    manners.say(`${signal}: what is under way is brought to an end`);
    stop.abort();
  });
  const { signal } = stop;
  const regions = regionsFor(named, flags.regions, config);
  const choices = { regions, accountsFile: accounts, connectTo, rootsFile: roots };
  await inEstate(
    config,
    { choices, asksWhatIsDue: false, policyFile: flags.policy, signal },
    manners,
    async ({ estate, scan, recorder, progress, policy }) => {
      const parts = prepareRevocations(
        await prepareRenewals(config, scan, { unproved, recorder, log: silentLogger, signal }),
      );
      try {
        const serials = (flags.serial ?? []).map(normalSerial);
        const wishes = { reason, replace, now, issuer, serials, unproved };
        const wanted = await planNamed({ arns, wishes, leaf }, estate, config, parts);
        const planned = holdRevocations(wanted, policy.enforced, estate.scannedAt);
        await policy.record(judgedRevocations(planned));
        const reports: readonly RevocationReport[] = apply
          ? await runRevocations(planned, parts, {
              concurrency: config.limits.concurrency,
              onStep: (each, step, where = "") => progress.show(`${nameOfCertificate(each)}: ${step} ${where}`),
              onDone: (report) => {
                progress.clear();
                for (const line of toldOfRevocation(report)) manners.say(line);
              },
            })
          : planned.map((each) => ({ planned: each }));
        progress.clear();
        const stillToDo = (await parts.journal.list()).filter(({ arn }) => !arns.includes(arn));
        const { waivers } = policy;
        await report({ applied: apply, reason, estate, reports, stillToDo, waivers }, flags);
      } finally {
        await parts.close();
      }
    },
  );
}

/** Beside those of the configuration, the ones that the ARNs name. */
function regionsFor(
  named: readonly string[],
  chosen: EstateFlags["regions"],
  { regions, engine }: Pick<Config, "regions" | "engine">,
): "all" | readonly string[] | undefined {
  const wanted = chosen ?? regions ?? (engine.region === undefined ? [] : [engine.region]);
  if (wanted === "all") return wanted;
  const all = [...new Set([...wanted, ...named])];
  return all.length === 0 ? undefined : all;
}

function report(run: RevocationsRun, flags: RevokeFlags): Promise<void> {
  return writeReports(run, flags, {
    text: run.applied ? appliedRevocationsText : plannedRevocationsText,
    document: toRevocationsDocument,
    junit: toRevocationsJunit,
    markdown: toRevocationsMarkdown,
    exitCode: exitCodeOfRevocations,
  });
}
