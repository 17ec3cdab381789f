import { changedPlaces } from "../plan/changed-places";
import type { Plan, ResourceChange } from "../plan/plan";
import { plantedTag, type Planted } from "./plant";

/** Of what was planted, what a plan does not show. */
export function unseenInPlan({ resources, drift }: Plan, planted: readonly Planted[]): readonly Planted[] {
  return planted.filter(({ kind, address }) => {
    const shown = [...resources, ...drift].filter((resource) => resource.address === address);
    return !shown.some(kind === "drift" ? showsTag : showsSerial);
  });
}

function showsTag({ change }: ResourceChange): boolean {
  return changedPlaces(change).some(({ path }) => path === "tags" || path === `tags.${plantedTag}`);
}

/** The plan renews it; or ACM holds another one than the state told, and the refresh put that in place of what was planted. */
function showsSerial({ change }: ResourceChange): boolean {
  return changedPlaces(change).some(({ path }) => path === "serial");
}
