import type { PendingChange } from "../pending/pending-plan";
import type { ToldChange } from "./stack-report";
import type { Plan } from "../plan/plan";
import { changeDigests } from "../plan/plan-checksum";

/** What a plan would do, for reports. */
export function toldChanges({ resources, outputs }: Plan): ToldChange[] {
  return [
    ...resources.map(({ address, actions, previousAddress, importId }) => ({
      address,
      actions: [
        ...(previousAddress === undefined ? [] : [`move from ${previousAddress}`]),
        ...(importId === undefined ? [] : ["import"]),
        ...actions.filter((action) => action !== "no-op"),
      ],
    })),
    ...outputs.map(({ name, actions }) => ({ address: `output ${name}`, actions })),
  ];
}

/** The same, each with its digest; reading data changes nothing, and has none. */
export function toPendingChanges(plan: Plan): PendingChange[] {
  const digests = new Map(changeDigests(plan).map(({ address, digest }) => [address, digest]));
  return toldChanges(plan).map((change) => ({ ...change, digest: digests.get(change.address) ?? "" }));
}
