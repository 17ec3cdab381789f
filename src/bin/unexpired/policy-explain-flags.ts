import { AppError } from "../../platform/errors";
import { didYouMean } from "../../platform/yaml-file/did-you-mean";
import { keyAlgorithms } from "../../certificates/key-algorithm";
import type { Policy } from "../../policy/policy";
import { servingKinds, type Action, type PolicyRequest, type Urgency } from "../../policy/request";
import { requestOf } from "../../policy/request-shape";

export interface ExplainFlags {
  readonly name: readonly string[];
  readonly issuer?: string;
  readonly profile?: string;
  readonly key?: string;
  readonly days?: number;
  readonly owner?: string;
  readonly tier?: string;
  readonly attach?: string;
  readonly account?: string;
  readonly region?: string;
  readonly action?: Action;
  readonly urgency: Urgency;
}

/**
 * What a command line asks about: the certificate unless only its attachment or an action is asked about.
 * Errors: `invalid_argument`, `invalid_domain_name`.
 */
export function readExplainFlags(policy: Policy, flags: ExplainFlags, at: Date): PolicyRequest[] {
  const { name, issuer, profile, key, days: lifetimeDays, owner, tier, attach, account, region, action } = flags;
  const subject = { names: [...name], owner, tier };
  const isAbout = [issuer, profile, key, lifetimeDays].some((each) => each !== undefined);
  const requests: PolicyRequest[] = [];
  if (isAbout || (attach === undefined && action === undefined)) {
    const keyAlgorithm = key === undefined ? undefined : oneOf("key algorithm", keyAlgorithms, key);
    requests.push(requestOf(policy, { certificate: { ...subject, issuer, profile, keyAlgorithm, lifetimeDays } }, at));
  }
  if (attach !== undefined) {
    const [kind = "", ...rest] = attach.split(":");
    const loadBalancer = rest.length === 0 ? undefined : rest.join(":");
    const written = { ...subject, kind: oneOf("kind of listener", servingKinds, kind), account, region, loadBalancer };
    requests.push(requestOf(policy, { attachment: written }, at));
  }
  if (action !== undefined)
    requests.push(requestOf(policy, { action: { ...subject, action, urgency: flags.urgency } }, at));
  return requests;
}

function oneOf<T extends string>(what: string, known: readonly T[], text: string): T {
  const found = known.find((each) => each === text);
  if (found !== undefined) return found;
  throw new AppError("invalid_argument", `"${text}" is not a ${what}`, {
    hint: didYouMean(text, known) ?? `write one of ${known.join(", ")}`,
  });
}
