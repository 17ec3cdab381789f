import type { CommandManners } from "../command-manners";
import { checkOnce, type CheckFlags } from "./check-once";
import type { GivenApproval } from "./approval-of";

export interface ApproveFlags extends CheckFlags, GivenApproval {}

export async function runApprove(stack: string, flags: ApproveFlags, manners: CommandManners): Promise<void> {
  const { checksum, reason } = flags;
  await checkOnce({ wanted: [stack], apply: false, approval: { checksum, reason } }, flags, manners);
}
