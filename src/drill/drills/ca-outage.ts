import type { Drill } from "../drill";
import { drillName } from "../estate";

export const caOutage: Drill = {
  name: "ca-outage",
  what: "the CA answers with server errors",
  alert: "CaOutage",
  objectives: { detectSeconds: 600, recoverSeconds: 3600 },
  prepare: async (estate) => {
    await estate.serve(drillName, [443]);
    return {
      inject: () => {
        estate.sandbox.gate.set({ part: "acme", nth: 1, times: Infinity, action: "fail-before" });
        return "every request to the CA fails";
      },
      // one failure is an accident: the rule asks for two
      work: async () => {
        await estate.renew();
        await estate.renew();
      },
      recover: async () => {
        await estate.renew("--issuer", "backup");
        return "ordered from the second issuer";
      },
    };
  },
};
