import type { Drill } from "./drill";
import { caOutage } from "./drills/ca-outage";
import { caRateLimit } from "./drills/ca-rate-limit";
import { dnsChallengeFailure } from "./drills/dns-challenge-failure";
import { expiryOutage } from "./drills/expiry-outage";
import { keyCompromise } from "./drills/key-compromise";
import { lostStateLock } from "./drills/lost-state-lock";
import { partialDeployment } from "./drills/partial-deployment";
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
];
