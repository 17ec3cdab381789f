import type { Drill } from "../drill";
import { drillName } from "../estate";

export const secretsAccessDenied: Drill = {
  name: "secrets-access-denied",
  failureMode: "F6",
  what: "the role may not read the secret with the ACME account any more",
  alert: "SecretsAccessDenied",
  objectives: { detectSeconds: 300, recoverSeconds: 3600 },
  prepare: async (estate) => {
    const { deniedActions } = estate.sandbox.account;
    const read = "secretsmanager:GetSecretValue";
    await estate.configure({ accountStore: { secretsManager: "unexpired/account" } });
    await estate.serve(drillName, [443]);
    return {
      inject: () => {
        deniedActions.add(read);
        return `${read} is denied`;
      },
      work: () => estate.renew(),
      recover: async () => {
        deniedActions.delete(read);
        await estate.renew();
        return "the one statement is back in the role's policy, and the renewal run again";
      },
    };
  },
};
