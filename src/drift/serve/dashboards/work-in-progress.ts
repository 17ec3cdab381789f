import type { LedgerLine } from "../../../ledger/ledger-line";

/** A run that puts nothing on record for so long has ended, whatever it had begun: each of its steps takes less. */
const longestSilenceMs = 15 * 60_000;

/** A certificate that a run has begun to renew or to make. */
export interface Work {
  readonly names: readonly string[];
  /** When the CA had issued it. */
  readonly begunAt: Date;
  /** What its run did last. */
  readonly step: string;
  readonly who: string;
  readonly program: string;
}

interface Run {
  readonly who: string;
  readonly program: string;
  lastMs: number;
  step: string;
  readonly open: Map<string, Pick<Work, "names" | "begunAt">>;
}

const steps: Readonly<Partial<Record<LedgerLine["event"], string>>> = {
  "certificate.issued": "had one issued by the CA",
  "certificate.imported": "put one into ACM",
  "attachment.changed": "changed a listener",
};

/** Certificates of which the ledger has a beginning and no end: what is issued ends with its renewal or rollout. */
export class WorkInProgress {
  private readonly runs = new Map<string, Run>();
  private cleanedMs = 0;

  add({ event, outcome, actor, subject, time }: LedgerLine): void {
    const step = steps[event];
    const isEnd = event === "renewal.ended" || event === "rollout.ended";
    if (step === undefined && !isEnd) return;
    const ms = Date.parse(time);
    this.clean(ms);
    const { who, program } = actor;
    const run = this.runs.get(actor.run) ?? { who, program, lastMs: ms, step: "", open: new Map() };
    this.runs.set(actor.run, run);
    run.lastMs = ms;
    run.step = step ?? run.step;
    const { names = [] } = subject;
    const key = [...names].sort().join();
    if (isEnd) run.open.delete(key);
    else if (event === "certificate.issued" && outcome === "done")
      run.open.set(key, { names, begunAt: new Date(time) });
  }

  /** What began first comes first. */
  at(now: Date): readonly Work[] {
    return [...this.runs.values()]
      .filter(({ lastMs }) => now.getTime() - lastMs < longestSilenceMs)
      .flatMap(({ open, step, who, program }) => [...open.values()].map((each) => ({ ...each, step, who, program })))
      .sort((left, right) => left.begunAt.getTime() - right.begunAt.getTime());
  }

  /** Runs that have ended go, at times. */
  private clean(ms: number): void {
    if (ms - this.cleanedMs < longestSilenceMs) return;
    this.cleanedMs = ms;
    for (const [id, { lastMs }] of this.runs) if (ms - lastMs >= longestSilenceMs) this.runs.delete(id);
  }
}
