import { openLedger } from "../../../src/ledger/open-ledger";
import { verifyLedger } from "../../../src/ledger/verify-ledger";
import { ServiceLevelFeed } from "../../../src/service-levels/service-level-feed";
import { numberedEntry } from "../../support/ledger-entries";
import type { Finding } from "../benchmark";
import { timed } from "../rounds";

export interface LedgerMeasurements {
  /** Milliseconds each, in batches. */
  readonly appendMs: number;
  readonly verifySeconds: number;
  /** A daemon's first look, which reads all of it. */
  readonly firstLookSeconds: number;
  /** A look that finds nothing new, with the text of all metrics. */
  readonly laterLookMs: number;
}

/** A ledger of so many entries, appended in batches, verified, and read as a daemon does. */
export async function measureLedger(place: string, entries: number, batch: number): Promise<LedgerMeasurements> {
  const ledger = openLedger(place);
  let appendedMs = 0;
  for (let begin = 0; begin < entries; begin += batch) {
    const some = Array.from({ length: batch }, (_, index) => numberedEntry(begin + index));
    appendedMs += await timed(() => ledger.append(some));
  }
  await ledger.close();
  const verifiedMs = await timed(async () => {
    const { ok, entries: seen } = await verifyLedger([place]);
    if (!ok || seen !== entries) throw new Error(`verify saw ${seen} of ${entries} entries`);
  });
  const feed = new ServiceLevelFeed({ place });
  const look = async () => {
    await feed.refresh();
    if (feed.ledger.headSequence !== entries) throw new Error(`the feed ended at ${feed.ledger.headSequence}`);
    return feed.metrics({ probes: [], now: new Date() });
  };
  try {
    const firstLookSeconds = (await timed(look)) / 1000;
    const laterLookMs = await timed(look);
    return { appendMs: appendedMs / entries, verifySeconds: verifiedMs / 1000, firstLookSeconds, laterLookMs };
  } finally {
    await feed.close();
  }
}

/** What is promised is said for a million entries; `verify`: what that may take, in seconds. */
export function ledgerFindings(
  name: string,
  entries: number,
  measured: LedgerMeasurements,
  verify: Finding["budget"],
): Finding[] {
  const perMillion = 1_000_000 / entries;
  const { appendMs, verifySeconds, firstLookSeconds, laterLookMs } = measured;
  return [
    { name: `${name}-append`, value: appendMs, unit: "ms", budget: { atMost: 0.2 } },
    { name: `${name}-verify-million`, value: verifySeconds * perMillion, unit: "s", budget: verify },
    { name: `${name}-first-look-million`, value: firstLookSeconds * perMillion, unit: "s", budget: null },
    { name: `${name}-later-look`, value: laterLookMs, unit: "ms", budget: { atMost: 50 } },
  ];
}
