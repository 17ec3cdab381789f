/** What the provider does with a policy. Loaded only where one is named. */
import { recordPolicy } from "../../issuance/record-policy";
import type { LedgerSubject } from "../../ledger/ledger-entry";
import { toldFindings, type AskedRequest, type ToldFinding } from "../../policy/told-finding";
import type { PlanContext } from "../rpc/resource";
import type { AttributePath } from "../schema";
import { engineOf, warnOfLedger } from "./engine";
import type { SettingsWithPolicy } from "./settings";

export interface PolicySubject {
  /** For summaries: `certificate "app"`. */
  readonly what: string;
  /** For the ledger. */
  readonly subject: LedgerSubject;
  /** Which attribute a finding blames; undefined if none. */
  readonly pathOf: (finding: ToldFinding) => AttributePath | undefined;
}

/** Tells what the policy has to say, an error where it denies, and puts it on record. */
export async function enforce(
  data: SettingsWithPolicy,
  requests: readonly AskedRequest[],
  { what, subject, pathOf }: PolicySubject,
  { diagnostics, clock }: Pick<PlanContext<unknown>, "diagnostics" | "clock">,
): Promise<void> {
  const findings = toldFindings(data.enforced, ...requests);
  for (const finding of findings) {
    const { effect, text } = finding;
    const path = pathOf(finding);
    const place = path === undefined ? {} : { path };
    if (effect === "deny")
      diagnostics.error(`the policy does not allow ${what}`, { detail: `${text}\ncode: policy_denied`, ...place });
    else diagnostics.warning(`the policy about ${what}`, { detail: text, ...place });
  }
  const { recorder } = engineOf(data);
  await recordPolicy([{ subject, findings }], { recorder, cacheFolder: data.cacheFolder, now: clock.now() });
  warnOfLedger(data, diagnostics);
}
