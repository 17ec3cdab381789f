/** Cleans up after runs that died: removes their TXT values, and finds an order that can be gone on with. */
import { getOrder } from "../acme/get-order";
import type { AcmeAccount } from "../acme/account";
import type { AcmeOrder } from "../acme/order";
import type { DomainName } from "../certificates/domain-name";
import { isAppError, messageOf } from "../platform/errors";
import type { Logger } from "../platform/log";
import type { ChallengeRecords } from "./challenge-records";
import type { IssuanceJournal, JournalEntry, JournalFacts } from "./journal";

export interface RecoverOptions {
  readonly journal: IssuanceJournal;
  readonly records: ChallengeRecords;
  readonly log: Logger;
  readonly signal?: AbortSignal;
}

/**
 * Removes the values of every abandoned entry and returns the facts of those entries. An entry whose values cannot be
 * removed now stays in the journal for the next run, and is logged.
 */
export async function removeAbandonedRecords(options: RecoverOptions): Promise<JournalEntry[]> {
  const entries = await options.journal.takeOver();
  for (const entry of entries) await removeRecords(entry, options);
  return entries;
}

/** Removes what an entry says was written, and closes it if nothing is left. Says what could not be removed. */
export async function removeRecords(
  entry: JournalEntry,
  { records, log, signal }: Omit<RecoverOptions, "journal">,
): Promise<string[]> {
  const failures: string[] = [];
  for (const { zone, name, values } of entry.facts.records)
    try {
      await records.remove(zone, name, values, signal);
      log.log("info", "removed challenge values", { zone, name });
    } catch (error) {
      failures.push(`TXT ${name} in ${zone}: ${messageOf(error)}`);
      log.log("warn", "challenge values are left behind", { zone, name, why: messageOf(error) });
    }
  if (failures.length === 0) await entry.close();
  return failures;
}

export interface WantedOrder {
  readonly directoryUrl: string;
  readonly names: readonly DomainName[];
  readonly profile?: string;
}

export interface EarlierOrders {
  /** The CA still takes it, for the very same certificate. */
  readonly usable?: AcmeOrder;
  /** URLs of those that were finalized: their keys died with the runs, so that their certificates are of no use. */
  readonly wasted: readonly string[];
}

/** How the orders of dead runs stand. */
export async function findEarlierOrders(
  account: AcmeAccount,
  entries: readonly JournalEntry[],
  wanted: WantedOrder,
  signal?: AbortSignal,
): Promise<EarlierOrders> {
  let usable: AcmeOrder | undefined;
  const wasted: string[] = [];
  for (const { facts } of entries) {
    if (facts.orderUrl === undefined || !isSameCertificate(facts, wanted)) continue;
    try {
      const order = await getOrder(account, facts.orderUrl, { signal });
      if (order.status === "pending" || order.status === "ready") usable ??= order;
      if (order.status === "valid" || order.status === "processing") wasted.push(order.url);
    } catch (error) {
      if (isAppError(error, "aborted")) throw error;
      // Another account's, or forgotten by the CA: a new order is as good.
    }
  }
  return { usable, wasted };
}

function isSameCertificate(facts: JournalFacts, wanted: WantedOrder): boolean {
  return (
    facts.directoryUrl === wanted.directoryUrl &&
    facts.profile === wanted.profile &&
    [...facts.names].sort().join() === [...wanted.names].sort().join()
  );
}
