import { freshPlan } from "./fresh-plan";
import type { GuardRule } from "./guard";
import { keepsAttachments } from "./keeps-attachments";
import { keepsCertificates } from "./keeps-certificates";
import { keepsValidationRecords } from "./keeps-validation-records";
import { knownFormat } from "./known-format";
import { neverWithoutCertificate } from "./never-without-certificate";
import { noOutsideDrift } from "./no-outside-drift";
import { onlyRenewals } from "./only-renewals";
import { outsideFreeze } from "./outside-freeze";
import { sameVersions } from "./same-versions";
import { withinCap } from "./within-cap";
import { withinPolicy } from "./within-policy";

/** Every guard, in the order in which their findings are told. */
export const allGuards: readonly GuardRule[] = [
  knownFormat,
  freshPlan,
  keepsCertificates,
  keepsAttachments,
  keepsValidationRecords,
  neverWithoutCertificate,
  onlyRenewals,
  noOutsideDrift,
  sameVersions,
  withinCap,
  outsideFreeze,
  withinPolicy,
];
