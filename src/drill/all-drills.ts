import type { Drill } from "./drill";
import { caOutage } from "./drills/ca-outage";
import { caRateLimit } from "./drills/ca-rate-limit";
import { dnsChallengeFailure } from "./drills/dns-challenge-failure";
import { driftCheckFailing } from "./drills/drift-check-failing";
import { driftCheckMissing } from "./drills/drift-check-missing";
import { driftNeedsApproval } from "./drills/drift-needs-approval";
import { errorBudgetBurn } from "./drills/error-budget-burn";
import { expiryOutage } from "./drills/expiry-outage";
import { keyCompromise } from "./drills/key-compromise";
import { keyNotReplaced } from "./drills/key-not-replaced";
import { ledgerUnavailable } from "./drills/ledger-unavailable";
import { lostStateLock } from "./drills/lost-state-lock";
import { partialDeployment } from "./drills/partial-deployment";
import { proxyDown } from "./drills/proxy-down";
import { secretsAccessDenied } from "./drills/secrets-access-denied";
import { zoneLock } from "./drills/zone-lock";

/** Every drill, those of the field's six failure modes first. */
export const allDrills: readonly Drill[] = [
  expiryOutage,
  partialDeployment,
  caRateLimit,
  keyCompromise,
  dnsChallengeFailure,
  secretsAccessDenied,
  caOutage,
  zoneLock,
  lostStateLock,
  keyNotReplaced,
  proxyDown,
  ledgerUnavailable,
  driftCheckMissing,
  driftCheckFailing,
  driftNeedsApproval,
  errorBudgetBurn,
];
