import type { ResourceChange } from "../plan/plan";
import type { GuardRule } from "./guard";
import { removals } from "./removals";

/** ACM renews by the record that proved the name at first, for as long as it is there (ACM user guide, "DNS validation"). */
export const keepsValidationRecords: GuardRule = {
  id: "keeps-validation-records",
  verdict: "forbidden",
  forbids:
    "a DNS record by which ACM validates a name that is destroyed or forgotten, unless its successor is made first",
  wayOut: "leave the record: ACM cannot renew without it; if the name is given up, apply the plan yourself",
  guard: (plan) => removals(plan, isValidationRecord),
};

function isValidationRecord({ type, change }: ResourceChange): boolean {
  if (type !== "unexpired_dns_record" && type !== "aws_route53_record") return false;
  const { name = "", type: recordType = "" } = (change.before ?? {}) as Readonly<Record<string, unknown>>;
  // what ACM asks for is a CNAME at a name that begins with an underscore
  return recordType === "CNAME" && String(name).startsWith("_");
}
