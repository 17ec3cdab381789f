/** What a plan of a certificate asks the policy. */
import type { Clock } from "../../../platform/clock";
import { asSpelt } from "../../../policy/as-spelt";
import type { RequestedIssuer } from "../../../policy/request";
import type { AskedRequest, ToldFinding } from "../../../policy/told-finding";
import { urgencyOf } from "../../../policy/urgency-of";
import type { PlanContext, PlanRequest } from "../../rpc/resource";
import { isUnknown, type AttributePath } from "../../schema";
import { enforce } from "../provider-policy";
import type { SettingsWithPolicy } from "../settings";
import { reissueCause } from "./plan";
import type { CertificatePrivate } from "./private-data";
import { decideForState, knownRenewal, lifetimeOf } from "./renewal";
import { needsNewArn } from "./replacement";
import type { CertificatePlan, CertificatePrior, CertificateState, certificateSchema } from "./schema";

type Request = PlanRequest<typeof certificateSchema, CertificatePrivate>;

/** Of what is not known before the apply, core asks again then. */
export async function judgePlan(
  request: Request,
  data: SettingsWithPolicy,
  context: PlanContext<unknown>,
): Promise<void> {
  const { prior, proposed } = request;
  if (isUnknown(proposed.domain_names)) return;
  const written = proposed.domain_names.filter((name) => typeof name === "string");
  const names = written.map(asSpelt);
  if (names.length === 0) return;
  const asked = { names, at: context.clock.now() };
  const keyAlgorithm = isUnknown(proposed.key_algorithm) ? undefined : proposed.key_algorithm;
  const requests: AskedRequest[] = [{ ...asked, kind: "certificate", issuer: issuerOf(proposed), keyAlgorithm }];
  const action = prior === null ? undefined : actionOf(prior, request, context.clock);
  if (action !== undefined) requests.push({ ...asked, kind: "action", ...action });
  const name = isUnknown(proposed.name) ? names[0] : proposed.name;
  const arn = prior?.arn ?? undefined;
  const subject = { names, ...(arn !== undefined && { certificateArn: arn }) };
  const pathOf = (finding: ToldFinding) => blamed(finding, names);
  await enforce(data, requests, { what: `certificate "${name}"`, subject, pathOf }, context);
}

/** That it is taken away is asked at the plan of a destruction; of a replacement the new one is asked about. */
export async function judgeDestruction(
  { domain_names, name, arn }: CertificatePrior,
  data: SettingsWithPolicy,
  context: PlanContext<unknown>,
): Promise<void> {
  const names = (domain_names ?? []).map(asSpelt);
  if (names.length === 0) return;
  const request = { kind: "action", action: "delete", urgency: "routine", names, at: context.clock.now() } as const;
  const subject = { names, ...(arn !== null && { certificateArn: arn }) };
  await enforce(
    data,
    [request],
    { what: `certificate "${name ?? names[0]}"`, subject, pathOf: () => undefined },
    context,
  );
}

function issuerOf({ issuer }: CertificatePlan): RequestedIssuer | undefined {
  if (isUnknown(issuer)) return undefined;
  const { directory_url: directoryUrl, profile } = issuer;
  if (isUnknown(directoryUrl) || isUnknown(profile)) return undefined;
  return { kind: "acme", directoryUrl, profile: profile ?? undefined };
}

/** `renew`: it is due. `replace`: another certificate takes its place for whatever other reason. */
function actionOf(prior: CertificateState, { proposed, private: known }: Request, clock: Clock) {
  const cause = reissueCause(prior, proposed, known, clock);
  if (cause === undefined && !needsNewArn(prior, proposed)) return undefined;
  const isChange = cause === undefined || cause.reason === "changed" || cause.reason === "imported";
  const now = clock.now();
  const decision = decideForState(prior, knownRenewal(proposed) ?? null, known ?? {}, now);
  const urgency = urgencyOf(decision, lifetimeOf(prior), now);
  return { action: isChange || needsNewArn(prior, proposed) ? ("replace" as const) : ("renew" as const), urgency };
}

/** The attribute that the finding is about, so that terraform shows its line. */
function blamed({ rule, value }: ToldFinding, names: readonly string[]): AttributePath | undefined {
  switch (rule) {
    case "policy/issuer-not-allowed":
    case "policy/issuer-not-preferred":
      return ["issuer", "directory_url"];
    case "policy/profile-not-allowed":
    case "policy/lifetime-too-long":
    case "policy/lifetime-too-short":
      return ["issuer", "profile"];
    case "policy/key-algorithm-not-allowed":
      return ["key_algorithm"];
    case "policy/name-not-owned":
    case "policy/wildcard-not-allowed":
      return names.includes(value) ? ["domain_names", names.indexOf(value)] : ["domain_names"];
    case "policy/several-owners":
    case "policy/certificate-not-listed":
      return ["domain_names"];
    default:
      return undefined;
  }
}
