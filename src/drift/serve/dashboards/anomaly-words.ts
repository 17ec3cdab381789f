import type { AnomalyKind } from "../../../service-levels/key-access/judge-key-access";

/** Why an access to a key or a secret is one that nobody expects, for people. */
export const anomalyWords: Readonly<Record<AnomalyKind, string>> = {
  denied: "AWS refused it",
  principal: "by somebody who is not on the list",
  region: "in a region that is not on the list",
  hours: "at an hour that is not on the list",
};
