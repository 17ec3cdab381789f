import { randomUUID } from "node:crypto";
import { toAppError, type AppError } from "../platform/errors";
import { Redactor } from "../platform/redact";
import type { Ledger } from "./ledger";
import type { LedgerActor, LedgerEntry } from "./ledger-entry";

/** What happened, without what is the same for all entries of a run. */
export type LedgerFact = Omit<LedgerEntry, "id" | "actor" | "error"> & { readonly error?: AppError };

/** Puts on record what a program does. */
export interface Recorder {
  /** Resolves when all of it is on record, or cannot be: never rejects, since what was done is done. */
  record(...facts: readonly LedgerFact[]): Promise<void>;
}

export const silentRecorder: Recorder = { record: () => Promise.resolve() };

export interface LedgerRecorderOptions {
  readonly actor: LedgerActor;
  /** Hears of what could not be put on record. */
  readonly onFailure: (error: AppError) => void;
  /** @default a random UUID */
  readonly newId?: () => string;
}

/** Puts everything into one ledger. Every text is masked first, in case it quotes a secret: an answer, a URL, a variable. */
export class LedgerRecorder implements Recorder {
  private readonly redactor = new Redactor();
  private ledger: Ledger | undefined;

  /** `open`: called for the first entry. */
  constructor(
    private readonly open: () => Ledger,
    private readonly options: LedgerRecorderOptions,
  ) {}

  async record(...facts: readonly LedgerFact[]): Promise<void> {
    try {
      this.ledger ??= this.open();
      await this.ledger.append(facts.map((fact) => this.entryOf(fact)));
    } catch (failure) {
      this.options.onFailure(toAppError(failure));
    }
  }

  async close(): Promise<void> {
    await this.ledger?.close();
  }

  private entryOf({ event, outcome, subject, why, error, requestIds, facts }: LedgerFact): LedgerEntry {
    const { actor, newId = randomUUID } = this.options;
    return this.redactor.value({
      ...{ id: newId(), event, outcome, actor, subject },
      ...(why !== undefined && { why }),
      ...(error !== undefined && { error: { code: error.code, message: error.message } }),
      ...(requestIds !== undefined && { requestIds }),
      ...(facts !== undefined && { facts }),
    });
  }
}
