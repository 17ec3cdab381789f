import { toAppError, type AppError } from "../../platform/errors";
import type { StackResult } from "../history/latest-results";
import type { KeptRun, RunHistory } from "../history/run-history";
import type { RunDocument } from "../report/run-document-shape";

/** A run without what it found in each stack. */
export interface RunSummary {
  readonly id: string;
  readonly at: Date;
  readonly applies: boolean;
  readonly exitCode: RunDocument["exitCode"];
  readonly seconds: number;
  /** Stacks by what they came to. */
  readonly outcomes: ReadonlyMap<RunDocument["stacks"][number]["outcome"], number>;
}

/** What is known of the runs on this machine, whoever made them. Every document is read once. */
export class RecentRuns {
  private summaries: readonly RunSummary[] = [];
  private sorted: readonly StackResult[] = [];
  private latestOf = new Map<string, StackResult>();
  private last: RunDocument | undefined;
  private failure: AppError | undefined;
  private reading: Promise<void> | undefined;

  /** `onRead`: is given every run once, in the order in which they were read. */
  constructor(
    private readonly history: Pick<RunHistory, "list" | "read">,
    private readonly onRead: (run: KeptRun) => void = () => undefined,
  ) {}

  /** Latest first. */
  get runs(): readonly RunSummary[] {
    return this.summaries;
  }

  /** Of every stack that was in one of the runs kept, its latest, in the order of names: the same list until one changes. */
  get stacks(): readonly StackResult[] {
    return this.sorted;
  }

  /** The document of the latest run. */
  get latest(): RunDocument | undefined {
    return this.last;
  }

  /** Why the history could not be read just now. */
  get error(): AppError | undefined {
    return this.failure;
  }

  /** Reads what is new. Never rejects; those who ask at the same time wait for one reading. */
  refresh(): Promise<void> {
    this.reading ??= this.read()
      .then(
        () => (this.failure = undefined),
        (error: unknown) => (this.failure = toAppError(error)),
      )
      .then(() => (this.reading = undefined));
    return this.reading;
  }

  private async read(): Promise<void> {
    const ids = await this.history.list();
    const kept = new Set(ids);
    const known = new Map(this.summaries.map((summary) => [summary.id, summary]));
    if (ids.length === known.size && ids.every((id) => known.has(id))) return;
    for (const id of ids.filter((each) => !known.has(each)).reverse()) {
      const run = await this.history.read(id);
      known.set(id, summaryOf(run));
      this.onRead(run);
      for (const result of run.document.stacks) this.take({ runId: id, result });
      if (id === ids[0]) this.last = run.document;
    }
    this.summaries = ids.flatMap((id) => known.get(id) ?? []);
    this.latestOf = new Map([...this.latestOf].filter(([, { runId }]) => kept.has(runId)));
    this.sorted = [...this.latestOf.values()].sort((left, right) => (left.result.name < right.result.name ? -1 : 1));
  }

  private take(found: StackResult): void {
    const before = this.latestOf.get(found.result.folder);
    if (before === undefined || before.runId < found.runId) this.latestOf.set(found.result.folder, found);
  }
}

function summaryOf({ id, document: { at, applies, exitCode, stacks } }: KeptRun): RunSummary {
  const outcomes = new Map<RunDocument["stacks"][number]["outcome"], number>();
  for (const { outcome } of stacks) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const begin = new Date(at);
  const ends = stacks.map(({ startedAt, seconds }) => Date.parse(startedAt) + seconds * 1000);
  return {
    id,
    at: begin,
    applies,
    exitCode,
    seconds: (Math.max(begin.getTime(), ...ends) - begin.getTime()) / 1000,
    outcomes,
  };
}
