import { decideRenewal } from "../../certificates/decide-renewal";
import { keyAlgorithms, type KeyAlgorithm } from "../../certificates/key-algorithm";
import { setOfNames } from "../../policy/as-spelt";
import { factsOfImport } from "../../policy/imported-certificate";
import type { Action, RequestedIssuer, Urgency } from "../../policy/request";
import { urgencyOf } from "../../policy/urgency-of";
import { isRenewal } from "../guards/renewal";
import { isOurProvider, renewedType } from "../plan/certificate-types";
import type { Plan, ResourceChange } from "../plan/plan";
import { list, record, text, type Values } from "../plan/values";
import type { AskedOfPlan } from "./asked-of-plan";

const awsType = "aws_acm_certificate";
const iamType = "aws_iam_server_certificate";

export function askedOfCertificates({ resources }: Plan, now: Date): AskedOfPlan[] {
  return resources
    .filter(({ type, provider, mode, isDeposed }) => {
      const isAws = type === awsType || type === iamType;
      const isCertificate = isAws || (type === renewedType && isOurProvider(provider));
      return isCertificate && mode === "managed" && !isDeposed;
    })
    .flatMap((resource) => askedOf(resource, now) ?? []);
}

/** Names of a certificate in a state or a plan, as certificates spell them; of an import, those in it. */
export function namesIn(type: string, values: Values): readonly string[] {
  const ofAws = () => [values.domain_name, ...list(values.subject_alternative_names)];
  const written = importOf(values)?.names ?? (type === renewedType ? list(values.domain_names) : ofAws());
  return setOfNames(written.map(text).filter(Boolean));
}

/** Of a certificate that is issued: undefined. */
function importOf({ certificate_body }: Values) {
  return text(certificate_body) === "" ? undefined : factsOfImport(text(certificate_body));
}

function askedOf(resource: ResourceChange, at: Date): AskedOfPlan | undefined {
  const { address, type, actions, change } = resource;
  const [before, after] = [record(change.before), record(change.after)];
  const isMade = actions.includes("create") || actions.includes("update");
  const names = namesIn(type, isMade ? after : before);
  if (names.length === 0) return undefined;
  const action = actionOf(resource, before, at);
  const { keyAlgorithm = keyOf(type, after), lifetimeDays } = importOf(after) ?? {};
  const arn = text(before.arn);
  return {
    address,
    subject: { names, ...(arn !== "" && { certificateArn: arn }) },
    requests: [
      ...(isMade
        ? [{ kind: "certificate" as const, names, at, keyAlgorithm, lifetimeDays, issuer: issuerOf(resource) }]
        : []),
      ...(action === undefined ? [] : [{ kind: "action" as const, names, at, ...action }]),
    ],
  };
}

/**
 * ACM's default is RSA_2048 (ACM API reference, RequestCertificate, KeyAlgorithm), and its answers write it RSA-2048; an
 * import has none to be asked for.
 */
function keyOf(type: string, after: Values): KeyAlgorithm | undefined {
  const known = text(after.key_algorithm).replace("-", "_");
  if (known === "" && type === awsType && text(after.private_key) === "") return "RSA_2048";
  return keyAlgorithms.find((each) => each === known);
}

/** Undefined of an import, and where it is known after apply only. */
function issuerOf({ type, change }: ResourceChange): RequestedIssuer | undefined {
  const [after, unknown] = [record(change.after), record(change.afterUnknown)];
  if (type !== renewedType) {
    const authorityArn = text(after.certificate_authority_arn);
    if (authorityArn !== "") return { kind: "private-ca", authorityArn };
    const isIssued = type === awsType && text(after.private_key) === "" && unknown.private_key !== true;
    return isIssued && unknown.certificate_authority_arn !== true ? { kind: "acm" } : undefined;
  }
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
  const urgency = urgencyIn(before, now);
  if (actions.includes("delete"))
    return actions.includes("create") ? { action: "replace", urgency } : { action: "delete", urgency: "routine" };
  if (type !== renewedType || !actions.includes("update")) return undefined;
  if (isRenewal(resource)) return { action: "renew", urgency };
  return record(change.afterUnknown).serial === true ? { action: "replace", urgency } : undefined;
}

/** By its lifetime; what its CA asks for is the provider's to know, which judges the plan before. */
function urgencyIn({ not_before, not_after, renewal }: Values, now: Date): Urgency {
  const [notBefore, notAfter] = [new Date(text(not_before)), new Date(text(not_after))];
  if (Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime())) return "routine";
  const { days_before_expiry: days } = record(renewal);
  const policy = { daysBeforeExpiry: typeof days === "number" ? days : undefined };
  return urgencyOf(decideRenewal({ notBefore, notAfter }, policy, undefined, now), { notBefore, notAfter }, now);
}
