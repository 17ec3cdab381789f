import type { ToldChange } from "../run/stack-report";
import type { PendingChange } from "./pending-plan";

/** More addresses than this are counted. */
const mostTold = 5;

/** In what a plan differs from the one that was approved, in words. Of a plan of another machine digests may be unknown. */
export function planDifference(
  approved: readonly (ToldChange | PendingChange)[],
  now: readonly PendingChange[],
): string {
  const addresses = (changes: readonly ToldChange[]) => new Set(changes.map(({ address }) => address));
  const [before, after] = [addresses(approved), addresses(now)];
  const other = now.filter((change) => {
    const former = approved.find(({ address }) => address === change.address);
    return former !== undefined && !isSame(former, change);
  });
  const parts = [
    ...told(
      "added",
      [...after].filter((address) => !before.has(address)),
    ),
    ...told(
      "gone",
      [...before].filter((address) => !after.has(address)),
    ),
    ...told("changed", [...addresses(other)]),
  ];
  return parts.length === 0 ? "the same addresses and actions, with other values" : parts.join("; ");
}

function isSame(former: ToldChange | PendingChange, change: PendingChange): boolean {
  if ("digest" in former) return former.digest === change.digest;
  return former.actions.join() === change.actions.join();
}

function told(what: string, addresses: readonly string[]): string[] {
  if (addresses.length === 0) return [];
  const more = addresses.length - mostTold;
  return [`${what}: ${addresses.slice(0, mostTold).join(", ")}${more > 0 ? ` and ${more} more` : ""}`];
}
