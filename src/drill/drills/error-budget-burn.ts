import type { Drill } from "../drill";
import { drillName } from "../estate";

export const errorBudgetBurn: Drill = {
  name: "error-budget-burn",
  what: "somebody imports a certificate over ours that clients do not trust, at one endpoint of two",
  alert: "ValidErrorBudgetBurn",
  objectives: { detectSeconds: 300, recoverSeconds: 900 },
  alarmEnds: true,
  prepare: async (estate) => {
    await estate.serve("shop.example.gov", [8443]);
    const arn = await estate.serve(drillName, [443]);
    return {
      inject: async () => {
        await estate.importUntrusted(drillName, arn);
        return `the certificate of ${drillName} is from a CA that no client knows`;
      },
      work: () => estate.look(),
      recover: async () => {
        await estate.renew();
        await estate.look();
        return "both are renewed by manage-certs renew --apply, and a scan";
      },
    };
  },
};
