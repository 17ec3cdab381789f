import type { ReportedWaiver } from "../../policy/reported-waiver";

/** What a report of a scan shows beside what was found. */
export interface ScanExtras {
  /** Of the policy, in force. @default none */
  readonly waivers?: readonly ReportedWaiver[];
}
