import { randomUUID } from "node:crypto";
import type { Drill } from "../drill";
import { DrillStack, stackName } from "./drill-stack";

const dayMs = 86_400_000;

export const lostStateLock: Drill = {
  name: "lost-state-lock",
  what: "a run dies and leaves its lock on the state of a stack whose certificate is due",
  alert: "StateLockLost",
  objectives: { detectSeconds: 900, recoverSeconds: 3600 },
  needs: ["terraform"],
  prepare: async (estate) => {
    const stack = await DrillStack.apply(estate);
    const lock = randomUUID();
    return {
      inject: async () => {
        await stack.makeDue();
        const Created = new Date(Date.now() - dayMs).toISOString();
        stack.states.lock(stackName, { ID: lock, Who: "runner@gone", Operation: "OperationTypeApply", Created });
        return "a runner that is gone holds the lock of the state";
      },
      work: () => stack.check(),
      recover: async () => {
        await stack.terraform("force-unlock", "-force", lock);
        await stack.check();
        return "terraform force-unlock, and drift-check run --apply again";
      },
    };
  },
};
