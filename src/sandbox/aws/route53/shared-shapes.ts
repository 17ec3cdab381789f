/** What several operations of Route 53 read or answer alike. */
import { optionalText, type Input } from "../input";
import type { Output } from "../service";
import type { ZoneChange } from "./hosted-zones";

export function changeInfo({ id, submittedAt, insyncAt }: ZoneChange, now: Date): Output {
  return { Id: `/change/${id}`, Status: insyncAt <= now ? "INSYNC" : "PENDING", SubmittedAt: submittedAt };
}

export function pageSizeOf(input: Input): number | undefined {
  const given = optionalText(input, "maxitems");
  return given === undefined || given === "" ? undefined : Number(given);
}
