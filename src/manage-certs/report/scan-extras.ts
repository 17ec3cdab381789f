import type { Compared, Costs } from "../costs/estimate-costs";
import type { ReportedWaiver } from "../../policy/reported-waiver";

/** What a report of a scan shows beside what was found. */
export interface ScanExtras {
  /** Of the policy, in force; undefined without a policy. */
  readonly waivers?: readonly ReportedWaiver[];
  /** Undefined where nobody asked for them. */
  readonly costs?: Costs;
  /** By ARN, of certificates that are issued and not over; undefined where nobody asked for them. */
  readonly costsOfEach?: ReadonlyMap<string, Compared>;
}
