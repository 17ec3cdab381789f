import type { Drill } from "../drill";
import { drillName } from "../estate";

export const caRateLimit: Drill = {
  name: "ca-rate-limit",
  failureMode: "F3",
  what: "the CA answers new orders with 429",
  alert: "CaRateLimited",
  objectives: { detectSeconds: 300, recoverSeconds: 3600 },
  prepare: async (estate) => {
    await estate.serve(drillName, [443]);
    return {
      inject: () => {
        estate.sandbox.gate.set({ part: "acme", operation: "newOrder", nth: 1, times: Infinity, action: "throttle" });
        return "every new order is one too many";
      },
      work: () => estate.renew(),
      recover: async () => {
        await estate.renew("--issuer", "backup");
        return "ordered from the second issuer";
      },
    };
  },
};
