import { parseArn } from "../../aws/arn";
import type { AttachmentRequest } from "../../policy/request";
import type { Plan, ResourceChange } from "../plan/plan";
import { record, text } from "../plan/values";
import { attachmentsHeld } from "../verify/attachments-held";
import { namesIn } from "./asked-of-certificates";
import type { AskedOfPlan } from "./asked-of-plan";
import { certificatesFor, newListenerFor, newLoadBalancerFor } from "./made-together";
import { placeOf, type CertificatePlace } from "./place-of-attachment";

/**
 * Attachments that are made or changed, of certificates whose names the stack knows: of those that are there by their ARNs,
 * of those that the same plan makes by what the configuration refers to.
 */
export function askedOfAttachments(plan: Plan, at: Date): AskedOfPlan[] {
  const names = new Map(plan.held.map(({ type, values }) => [text(values.arn), namesIn(type, values)]));
  return plan.resources
    .filter(({ mode, actions }) => mode === "managed" && (actions.includes("create") || actions.includes("update")))
    .flatMap((resource) => {
      const values = record(resource.change.after);
      const { address, type } = resource;
      const held = attachmentsHeld([{ address, type, values }]);
      const ofHeld = held.flatMap(({ certificateArn }) =>
        askedOf(plan, resource, names.get(certificateArn) ?? [], { ...placeOfArn(certificateArn), certificateArn }, at),
      );
      const made = certificatesFor(plan, resource).flatMap((certificate) =>
        askedOf(plan, resource, namesIn(certificate.type, record(certificate.change.after)), {}, at),
      );
      return [...ofHeld, ...made];
    });
}

function askedOf(
  plan: Plan,
  resource: ResourceChange,
  names: readonly string[],
  { certificateArn, ...where }: CertificatePlace & { readonly certificateArn?: string },
  at: Date,
): AskedOfPlan[] {
  const serving = newListenerFor(plan, resource) ?? resource;
  const place = placeOf(serving, where, newLoadBalancerFor(plan, serving));
  if (names.length === 0 || place === undefined) return [];
  const { address, change } = resource;
  const values = record(change.after);
  const attachment = text(values.listener_arn) || text(values.arn) || place.loadBalancer || address;
  const request: Omit<AttachmentRequest, "owner" | "tier"> = { kind: "attachment", names, at, ...place };
  const subject = { names, ...(certificateArn !== undefined && { certificateArn }), attachment };
  return [{ address, subject, requests: [request] }];
}

/** A certificate serves in its own account alone, and a load balancer takes it from its own region; IAM's have none. */
function placeOfArn(arn: string): CertificatePlace {
  const { accountId, region } = parseArn(arn);
  return { accountId, region: region || undefined };
}
