/** What a plan of a rollout asks the policy. */
import { parseCertificateArn } from "../../../aws/arn";
import { listenerPlace } from "../../../policy/listener-place";
import type { AttachmentRequest } from "../../../policy/request";
import type { ToldFinding } from "../../../policy/told-finding";
import type { PlanContext } from "../../rpc/resource";
import { isUnknown, type AttributePath, type PlanOf } from "../../schema";
import { engineOf } from "../engine";
import { enforce } from "../provider-policy";
import type { SettingsWithPolicy } from "../settings";
import type { rolloutSchema } from "./schema";

type Place = Pick<AttachmentRequest, "servingKind" | "accountId" | "region" | "loadBalancer">;

/** Of a certificate that is made in the same apply, core asks again then, when its ARN is known. */
export async function judgeRollout(
  planned: PlanOf<typeof rolloutSchema>,
  data: SettingsWithPolicy,
  context: PlanContext<unknown>,
): Promise<void> {
  const { certificate_arn: arn } = planned;
  const place = placeOf(planned);
  if (data.enforced.policy.attachments === undefined || isUnknown(arn) || place === undefined) return;
  const { accountId, region } = parseCertificateArn(arn);
  const names = await namesOf(arn, region, data, context.signal);
  if (names.length === 0) return;
  // a certificate serves in its own account and region alone
  const request = { kind: "attachment", names, accountId, region, ...place, at: context.clock.now() } as const;
  const { listener_arn } = planned;
  const attachment = typeof listener_arn === "string" ? listener_arn : (place.loadBalancer ?? "");
  const subject = { names, certificateArn: arn, attachment, account: accountId };
  const pathOf = (finding: ToldFinding) => blamed(finding, typeof listener_arn === "string");
  await enforce(data, [request], { what: `the rollout to ${attachment}`, subject, pathOf }, context);
}

function placeOf({ listener_arn, classic_listener }: PlanOf<typeof rolloutSchema>): Place | undefined {
  if (isUnknown(listener_arn) || isUnknown(classic_listener)) return undefined;
  if (listener_arn !== null) return listenerPlace(listener_arn);
  const name = classic_listener?.load_balancer_name;
  return { servingKind: "classic-listener", loadBalancer: typeof name === "string" ? name : undefined };
}

/** As ACM has them; empty if it has no such certificate, which is for the apply to say. */
async function namesOf(
  arn: string,
  region: string,
  data: SettingsWithPolicy,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const store = engineOf(data).certificates(region);
  const found = (await store.inventory.summary(arn, signal)) ?? (await store.describe(arn, { signal }));
  return found?.domainNames ?? [];
}

function blamed({ rule }: ToldFinding, isListener: boolean): AttributePath | undefined {
  switch (rule) {
    case "policy/account-not-allowed":
    case "policy/region-not-allowed":
    case "policy/kind-not-allowed":
    case "policy/load-balancer-not-allowed":
      return [isListener ? "listener_arn" : "classic_listener"];
    default:
      return ["certificate_arn"];
  }
}
