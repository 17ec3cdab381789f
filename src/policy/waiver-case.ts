import type { SuiteCase } from "../platform/report/junit-suite";
import type { ReportedWaiver } from "./reported-waiver";

/** A waiver in JUnit XML: CI systems show why a case was skipped, and nothing of one that passed. */
export function waiverCase({ rule, names, text }: ReportedWaiver): SuiteCase {
  return {
    id: "policy",
    name: `waiver of ${rule} for ${names.join(", ")}`,
    outcome: { state: "skipped", message: text },
  };
}
