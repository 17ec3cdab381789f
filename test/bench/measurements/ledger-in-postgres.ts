/**
 * A ledger of 300,000 entries in PostgreSQL, on the same machine and without waiting for its disk: appended in batches of
 * 1,000, and verified. Beyond a network it takes as long as the network does.
 */
import type { Benchmark } from "../benchmark";
import { PostgresServer } from "../../support/postgres-server";
import { ledgerFindings, measureLedger } from "../support/ledger-of-many";

const entries = 300_000;

export const benchmark: Benchmark = {
  subject: "ledger in PostgreSQL",
  needs: { postgres: "postgresql" },
  measure: async () => {
    const server = await PostgresServer.start();
    try {
      return ledgerFindings("ledger-postgres", entries, await measureLedger(server.url, entries, 1_000), {
        atMost: 5,
      });
    } finally {
      await server.stop();
    }
  },
};
