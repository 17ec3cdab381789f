import type { Costs } from "../costs/estimate-costs";
import type { ReportedWaiver } from "../../policy/reported-waiver";

/** What a report of a scan shows beside what was found. */
export interface ScanExtras {
  /** Of the policy, in force. @default none */
  readonly waivers?: readonly ReportedWaiver[];
  /** Undefined where nobody asked for them. */
  readonly costs?: Costs;
}
