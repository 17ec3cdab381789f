import type { LedgerActor, LedgerSubject } from "../ledger/ledger-entry";
import type { LedgerLine } from "../ledger/ledger-line";

/**
 * A run that puts nothing on record for so long is dead, or cut off from the ledger: between a begin and the next entry
 * name servers may need 5 minutes, and the CA 10 to look at them and 10 to sign.
 */
const longestSilenceMs = 30 * 60_000;

/** Runs go daily: what none has taken up by then was done, but for its end; or nobody runs, and others tell of that. */
const longestShownMs = 2 * 24 * 3600_000;

/** A renewal that was begun. */
export interface OpenRenewal {
  readonly subject: LedgerSubject;
  readonly actor: LedgerActor;
  readonly begunAt: Date;
  /** What its run did last. */
  readonly step: string;
}

interface Run {
  lastMs: number;
  step: string;
  /** By ARN. */
  readonly open: Map<string, Begun>;
}

interface Begun extends Omit<OpenRenewal, "step"> {
  /** Another run began or ended a renewal of the same certificate since. */
  isTakenUp: boolean;
}

const steps: Readonly<Partial<Record<LedgerLine["event"], string>>> = {
  "renewal.begun": "began",
  "certificate.issued": "asked the CA",
  "certificate.imported": "put one into ACM",
  "attachment.changed": "changed a listener",
};

/** Renewals of which the ledger has a begin and no end. */
export class OpenRenewals {
  /** Those with something open. */
  private readonly runs = new Map<string, Run>();

  add(entry: LedgerLine): void {
    const { event, actor, time, subject, facts = {} } = entry;
    const ms = Date.parse(time);
    const { certificateArn: arn = "" } = subject;
    const arns = facts.formerArn === undefined ? [arn] : [arn, String(facts.formerArn)];
    // what is replaced, to be revoked, ends with that
    const isEnd = event === "renewal.ended" || event === "certificate.revoked";
    if (isEnd || event === "renewal.begun") this.takeUp(arns, actor.run);
    if (event === "renewal.begun") {
      this.forget(ms);
      this.runOf(actor.run).open.set(arn, { subject, actor, begunAt: new Date(ms), isTakenUp: false });
    }
    const run = this.runs.get(actor.run);
    if (run === undefined) return;
    run.lastMs = ms;
    run.step = steps[event] ?? run.step;
    if (isEnd) arns.forEach((each) => run.open.delete(each));
    if (run.open.size === 0) this.runs.delete(actor.run);
  }

  /** Those whose run said something of late. What began first comes first. */
  underWay(now: Date): readonly OpenRenewal[] {
    return this.which((run) => now.getTime() - run.lastMs < longestSilenceMs);
  }

  /** Those whose run is silent, until another one takes them up: no end of them is on record. */
  unended(now: Date): readonly OpenRenewal[] {
    const isShown = ({ begunAt, isTakenUp }: Begun) => !isTakenUp && now.getTime() - begunAt.getTime() < longestShownMs;
    return this.which((run) => now.getTime() - run.lastMs >= longestSilenceMs, isShown);
  }

  private which(
    isMeant: (run: Run) => boolean,
    isShown: (begun: Begun) => boolean = () => true,
  ): readonly OpenRenewal[] {
    return [...this.runs.values()]
      .filter(isMeant)
      .flatMap(({ open, step }) =>
        [...open.values()].filter(isShown).map(({ subject, actor, begunAt }) => ({ subject, actor, begunAt, step })),
      )
      .sort((left, right) => left.begunAt.getTime() - right.begunAt.getTime());
  }

  private runOf(id: string): Run {
    const run = this.runs.get(id) ?? { lastMs: 0, step: "", open: new Map() };
    this.runs.set(id, run);
    return run;
  }

  private takeUp(arns: readonly string[], by: string): void {
    for (const [id, { open }] of this.runs)
      for (const [arn, begun] of open) if (id !== by && arns.includes(arn)) begun.isTakenUp = true;
  }

  /** What nobody is shown any more. */
  private forget(ms: number): void {
    for (const [id, { lastMs, open }] of this.runs) {
      if (ms - lastMs < longestSilenceMs) continue;
      for (const [arn, { isTakenUp, begunAt }] of open)
        if (isTakenUp || ms - begunAt.getTime() >= longestShownMs) open.delete(arn);
      if (open.size === 0) this.runs.delete(id);
    }
  }
}
