import { mkdir, rename, rmdir } from "node:fs/promises";
import type { Drill } from "../drill";
import { drillName } from "../estate";

export const ledgerUnavailable: Drill = {
  name: "ledger-unavailable",
  what: "a folder is mounted where the ledger was, so that nothing can be put on record",
  alert: "LedgerUnavailable",
  objectives: { detectSeconds: 900, recoverSeconds: 3600 },
  alarmEnds: true,
  ruleSeconds: 300,
  prepare: async (estate) => {
    await estate.serve(drillName, [443]);
    const ledger = estate.file("ledger.jsonl");
    return {
      inject: async () => {
        await rename(ledger, `${ledger}.away`);
        await mkdir(ledger);
        return "where the ledger was is an empty folder, as a container makes it of a file that is not there";
      },
      work: () => estate.renew(),
      recover: async () => {
        await rmdir(ledger);
        await rename(`${ledger}.away`, ledger);
        await estate.renew();
        return "the file is mounted again, and the renewal run again";
      },
      isSettled: async () => {
        const { exitCode, stderr } = await estate.run("unexpired", "ledger", "verify");
        return exitCode === 0 ? undefined : stderr.trim();
      },
    };
  },
};
