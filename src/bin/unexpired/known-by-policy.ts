import { isAppError } from "../../platform/errors";
import { judgeOwnership } from "../../policy/judge-ownership";
import type { Policy } from "../../policy/policy";
import { requestOf } from "../../policy/request-shape";
import type { FindWhose } from "../../service-levels/probe";

/** Whose what is, as a policy has it; a name that stands in no certificate is nobody's. */
export function whoseBy(policy: Policy, at: Date): FindWhose {
  return (names) => {
    try {
      const { owner, tier } = judgeOwnership(policy, requestOf(policy, { certificate: { names: [...names] } }, at));
      return { ...(owner !== undefined && { owner }), ...(tier !== undefined && { tier }) };
    } catch (error) {
      if (isAppError(error)) return {};
      throw error;
    }
  };
}

/** Hosts of the directories of a policy's issuers that are not public. */
export function ownIssuersOf({ issuers = [] }: Policy): ReadonlySet<string> {
  return new Set(
    issuers.flatMap(({ isPublic, directoryUrl }) =>
      isPublic || directoryUrl === undefined ? [] : [new URL(directoryUrl).host],
    ),
  );
}
