import { decideRenewal } from "../../certificates/decide-renewal";
import { keyAlgorithms } from "../../certificates/key-algorithm";
import { asSpelt } from "../../policy/as-spelt";
import type { Action, RequestedIssuer, Urgency } from "../../policy/request";
import { isRenewal } from "../guards/renewal";
import { isOurProvider, renewedType } from "../plan/certificate-types";
import type { Plan, ResourceChange } from "../plan/plan";
import { list, record, text, type Values } from "../plan/values";
import type { AskedOfPlan } from "./asked-of-plan";

const awsType = "aws_acm_certificate";

export function askedOfCertificates({ resources }: Plan, now: Date): AskedOfPlan[] {
  return resources
    .filter(({ type, provider, mode, isDeposed }) => {
      const isCertificate = type === awsType || (type === renewedType && isOurProvider(provider));
      return isCertificate && mode === "managed" && !isDeposed;
    })
    .flatMap((resource) => askedOf(resource, now) ?? []);
}

/** Names of a certificate in a state or a plan, as certificates spell them. */
export function namesIn(type: string, values: Values): string[] {
  const written =
    type === awsType ? [values.domain_name, ...list(values.subject_alternative_names)] : list(values.domain_names);
  return [...new Set(written.map(text).filter(Boolean))].map(asSpelt);
}

function askedOf(resource: ResourceChange, at: Date): AskedOfPlan | undefined {
  const { address, type, actions, change } = resource;
  const [before, after] = [record(change.before), record(change.after)];
  const isMade = actions.includes("create") || actions.includes("update");
  const names = namesIn(type, isMade ? after : before);
  if (names.length === 0) return undefined;
  const action = actionOf(resource, before, at);
  const keyAlgorithm = keyAlgorithms.find((each) => each === keyOf(type, after));
  const arn = text(before.arn);
  return {
    address,
    subject: { names, ...(arn !== "" && { certificateArn: arn }) },
    requests: [
      ...(isMade ? [{ kind: "certificate" as const, names, at, keyAlgorithm, issuer: issuerOf(type, after) }] : []),
      ...(action === undefined ? [] : [{ kind: "action" as const, names, at, ...action }]),
    ],
  };
}

/** ACM's default is RSA_2048 (ACM API reference, RequestCertificate, KeyAlgorithm); an import has none to be asked for. */
function keyOf(type: string, after: Values): string {
  const known = text(after.key_algorithm);
  return known === "" && type === awsType && text(after.private_key) === "" ? "RSA_2048" : known;
}

function issuerOf(type: string, after: Values): RequestedIssuer | undefined {
  if (type === awsType) return text(after.private_key) === "" ? { kind: "acm" } : undefined;
  const { directory_url, profile } = record(after.issuer);
  const directoryUrl = text(directory_url);
  return directoryUrl === "" ? undefined : { kind: "acme", directoryUrl, profile: text(profile) || undefined };
}

/** `renew`: it is due. `replace`: another takes its place for whatever other reason. */
function actionOf(
  resource: ResourceChange,
  before: Values,
  now: Date,
): { action: Action; urgency: Urgency } | undefined {
  const { type, actions, change } = resource;
  const urgency = urgencyOf(before, now);
  if (actions.includes("delete"))
    return actions.includes("create") ? { action: "replace", urgency } : { action: "delete", urgency: "routine" };
  if (type !== renewedType || !actions.includes("update")) return undefined;
  if (isRenewal(resource)) return { action: "renew", urgency };
  return record(change.afterUnknown).serial === true ? { action: "replace", urgency } : undefined;
}

/** By its lifetime; what its CA asks for is the provider's to know, which judges the plan before. */
function urgencyOf({ not_before, not_after, renewal }: Values, now: Date): Urgency {
  const [notBefore, notAfter] = [new Date(text(not_before)), new Date(text(not_after))];
  if (Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime())) return "routine";
  const { days_before_expiry: days } = record(renewal);
  const policy = { daysBeforeExpiry: typeof days === "number" ? days : undefined };
  return decideRenewal({ notBefore, notAfter }, policy, undefined, now).state === "overdue" ? "overdue" : "routine";
}
