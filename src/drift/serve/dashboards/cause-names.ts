import type { FailureCause } from "../../../service-levels/metric-families";

/** What stands behind a failure, for people. */
export const causeNames: Readonly<Record<FailureCause, string>> = {
  ca: "CA",
  ca_rate_limit: "CA rate limit",
  dns: "DNS challenge",
  proxy: "DNS proxy",
  aws: "AWS",
  secrets: "secrets access",
  policy: "policy",
  other: "something else",
};
