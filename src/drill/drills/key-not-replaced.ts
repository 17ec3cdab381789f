import type { Drill } from "../drill";
import { drillName } from "../estate";

/** The hour of the service level is divided by the time scale, as the spans of rules are. */
export const keyNotReplaced: Drill = {
  name: "key-not-replaced",
  what: "a certificate with a compromised key is revoked at once, and its replacement fails for an hour",
  alert: "KeyCompromiseNotReplaced",
  objectives: { detectSeconds: 3900, recoverSeconds: 4500 },
  ruleSeconds: 3600,
  moreTimeScale: 2,
  waits: true,
  prepare: async (estate) => {
    const { deniedActions } = estate.sandbox.account;
    const write = "acm:ImportCertificate";
    const arn = await estate.serve(drillName, [443]);
    return {
      inject: async () => {
        deniedActions.add(write);
        await estate.must("manage-certs", "revoke", arn, "--reason", "keyCompromise", "--now", "--apply");
        return `manage-certs revoke --reason keyCompromise --now --apply, and ${write} is denied`;
      },
      work: () => estate.renew("--only", drillName),
      recover: async () => {
        deniedActions.delete(write);
        await estate.must("manage-certs", "renew", "--only", drillName, "--within", "9999d", "--apply");
        return "the right is given back, and manage-certs renew --apply run again";
      },
    };
  },
};
