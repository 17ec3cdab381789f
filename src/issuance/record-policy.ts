import { join } from "node:path";
import type { LedgerSubject } from "../ledger/ledger-entry";
import type { LedgerFact, Recorder } from "../ledger/recorder";
import { AppError } from "../platform/errors";
import { isNewToday } from "../platform/once-a-day";
import type { ToldFinding } from "../policy/told-finding";

/** What a policy found against something. */
export interface Judged {
  /** At least its names. */
  readonly subject: LedgerSubject;
  readonly findings: readonly ToldFinding[];
}

export interface PolicyRecording {
  readonly recorder: Recorder;
  /** Of files that may be lost. */
  readonly cacheFolder: string;
  readonly now: Date;
}

/**
 * Denials and waivers go on record; what is only told does not. Plans are made often, so the same is entered once a day,
 * whichever program of the machine meets it.
 */
export async function recordPolicy(
  judged: readonly Judged[],
  { recorder, cacheFolder, now }: PolicyRecording,
): Promise<void> {
  const folder = join(cacheFolder, "policy");
  const facts: LedgerFact[] = [];
  for (const { subject, findings } of judged)
    for (const finding of findings)
      if (finding.effect !== "warn" && (await isNewToday(folder, keyOf(subject, finding), now)))
        facts.push(factOf(subject, finding));
  if (facts.length > 0) await recorder.record(...facts);
}

/** Another value is another denial, unless it is the moment, which always is another. */
function keyOf({ names = [], attachment }: LedgerSubject, { rule, effect, value }: ToldFinding): string {
  const what = /^\d{4}-\d\d-\d\dT/.test(value) ? null : value;
  return JSON.stringify([effect, rule, what, [...names].sort(), attachment ?? null]);
}

function factOf(about: LedgerSubject, { rule, effect, value, text, waiver }: ToldFinding): LedgerFact {
  const subject = { ...about, rule };
  if (effect === "deny")
    return {
      ...{ event: "policy.denied", outcome: "refused", subject, facts: { value } },
      error: new AppError("policy_denied", text),
    };
  const { owner = "", until = "", reason } = waiver ?? {};
  return { event: "waiver.used", outcome: "done", subject, why: reason, facts: { value, waiverOwner: owner, until } };
}
