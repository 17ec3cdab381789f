/** Cleans up after runs that died: removes their TXT values, and finds an order that can be gone on with. */
import { getOrder } from "../acme/get-order";
import type { AcmeAccount } from "../acme/account";
import type { AcmeOrder } from "../acme/order";
import { isAppError, messageOf } from "../platform/errors";
import type { Logger } from "../platform/log";
import type { ChallengeRecords } from "./challenge-records";
import type { IssuanceJournal, JournalEntry } from "./journal";

export interface RecoverOptions {
  readonly journal: IssuanceJournal;
  readonly records: ChallengeRecords;
  readonly log: Logger;
  readonly signal?: AbortSignal;
}

/**
 * Removes the values of every abandoned entry; their orders wait in the journal for whoever wants the same certificate.
 * An entry whose values cannot be removed now stays for the next run, and is logged.
 */
export async function removeAbandonedRecords(options: RecoverOptions): Promise<void> {
  for (const entry of await options.journal.takeOver()) await removeRecords(entry, options);
}

/** Removes what an entry says was written. Says what could not be removed. */
export async function removeRecords(
  entry: JournalEntry,
  { records, log, signal }: Omit<RecoverOptions, "journal">,
): Promise<string[]> {
  const failures: string[] = [];
  for (const { zone, name, values } of entry.facts.records)
    try {
      await records.remove(zone, name, values, signal);
      log.log("info", "removed challenge values", { zone: zone.name, name });
    } catch (error) {
      failures.push(`TXT ${name} in ${zone.name}: ${messageOf(error)}`);
      log.log("warn", "challenge values are left behind", { zone: zone.name, name, why: messageOf(error) });
    }
  if (failures.length === 0) await entry.change((facts) => ({ ...facts, records: [] }));
  return failures;
}

export interface EarlierOrders {
  /** The CA still takes it, for the very same certificate. */
  readonly usable?: AcmeOrder;
  /** URLs of those that were finalized: their keys are gone with the runs, so that their certificates are of no use. */
  readonly wasted: readonly string[];
}

/** How these orders of earlier runs stand. Errors: those of a CA that does not answer now, so that nothing is lost. */
export async function findEarlierOrders(
  account: AcmeAccount,
  entries: readonly JournalEntry[],
  signal?: AbortSignal,
): Promise<EarlierOrders> {
  let usable: AcmeOrder | undefined;
  const wasted: string[] = [];
  for (const url of entries.flatMap(({ facts }) => facts.orderUrl ?? []))
    try {
      const order = await getOrder(account, url, { signal });
      if (order.status === "pending" || order.status === "ready") usable ??= order;
      if (order.status === "valid" || order.status === "processing") wasted.push(order.url);
    } catch (error) {
      if (isAppError(error) && (error.retryable || error.code === "aborted")) throw error;
      // Another account's, or forgotten by the CA: a new order is as good.
    }
  return { usable, wasted };
}
