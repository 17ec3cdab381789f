import type { Drill } from "../drill";
import { drillName } from "../estate";

/**
 * A certificate whose re-import ACM refuses moves from listener to listener; after the first one, the role may not change
 * any more, so that it can neither go on nor put the first one back.
 */
export const partialDeployment: Drill = {
  name: "partial-deployment",
  failureMode: "F2",
  what: "a new certificate reaches the first of two listeners, and the role loses its right to change the second",
  alert: "PartialDeployment",
  objectives: { detectSeconds: 300, recoverSeconds: 900 },
  prepare: async (estate) => {
    const { sandbox } = estate;
    await estate.serve(drillName, [443, 8443], "--key-algorithm", "RSA_2048");
    // without keyEncipherment, which what is there has: ACM takes no re-import that loses a key usage
    await estate.configure({ issuers: estate.issuers({ profile: "tlsserver" }) });
    const modify = "elasticloadbalancing:ModifyListener";
    return {
      inject: () => {
        const second = sandbox.gate.set({ part: "aws", operation: "ModifyListener", nth: 2, action: "hold" });
        void second.caught.then(() => {
          sandbox.account.deniedActions.add(modify);
          second.release();
        });
        return `${modify} is denied once the first listener has the new certificate`;
      },
      work: () => estate.renew("--only", drillName),
      recover: async () => {
        sandbox.account.deniedActions.delete(modify);
        await estate.renew("--only", drillName);
        return "the right is given back, and the same command run again";
      },
    };
  },
};
