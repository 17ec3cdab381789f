/**
 * A ledger of 100,000 entries in PostgreSQL, which does not wait for its disk: appended in batches of 1,000,
 * and verified. How long that takes is the server's and the network's affair as much as ours: it is promised to nobody.
 */
import type { Benchmark } from "../benchmark";
import { PostgresServer } from "../../support/postgres-server";
import { ledgerFindings, measureLedger } from "../support/ledger-of-many";

const entries = 100_000;

export const benchmark: Benchmark = {
  subject: "ledger in PostgreSQL",
  needs: { postgres: "postgresql" },
  measure: async () => {
    const server = await PostgresServer.start();
    try {
      return ledgerFindings("ledger-postgres", entries, await measureLedger(server.url, entries, 1_000), null);
    } finally {
      await server.stop();
    }
  },
};
