import type { Drill } from "../drill";
import { drillName } from "../estate";

export const zoneLock: Drill = {
  name: "zone-lock",
  what: "somebody's change keeps the zone locked, so that no challenge value can be written",
  alert: "ZoneLocked",
  objectives: { detectSeconds: 900, recoverSeconds: 3600 },
  waits: true,
  prepare: async (estate) => {
    await estate.serve(drillName, [443]);
    let unlock: () => void = () => undefined;
    return {
      inject: () => {
        unlock = estate.sandbox.edgeDns.lockZone("example.gov");
        return "example.gov is locked";
      },
      work: () => estate.renew(),
      recover: async () => {
        unlock();
        await estate.renew();
        return "the change is submitted, and the renewal run again";
      },
    };
  },
};
