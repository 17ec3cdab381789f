/** A ledger of 1,000,000 entries in a file: appended in batches of 1,000, verified, and read by a daemon. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Benchmark } from "../benchmark";
import { ledgerFindings, measureLedger } from "../support/ledger-of-many";

const entries = 1_000_000;

export const benchmark: Benchmark = {
  subject: "ledger of 1,000,000 entries",
  measure: async () => {
    const folder = mkdtempSync(join(tmpdir(), "bench-ledger-"));
    try {
      const measured = await measureLedger(join(folder, "ledger.jsonl"), entries, 1_000);
      return ledgerFindings("ledger", entries, measured, { atMost: 5 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
