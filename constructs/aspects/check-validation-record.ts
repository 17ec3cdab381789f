import type { IConstruct } from "constructs";
import { ValidationRecord } from "../validation-record";
import type { Finding } from "./finding";

/** Records whose removal would end the renewal of other certificates of the same name in the account. */
export function checkValidationRecord(node: IConstruct): readonly Finding[] {
  if (!(node instanceof ValidationRecord) || node.isKept) return [];
  const inRoute53 = node.zoneType === "route53";
  return [
    {
      at: node,
      level: "warning",
      what:
        `the validation record of ${node.domain} goes with the last certificate of this stack that needs it; ` +
        "ACM renews every certificate of that name in the account by it",
      source: "ACM user guide, DNS validation and managed renewal",
      fix: inRoute53
        ? "keep it with terraform state rm before the last certificate goes, if another stack has one of that name"
        : "leave out removeValidationRecords, unless no other stack has a certificate of that name",
    },
  ];
}
