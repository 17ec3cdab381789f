import { parseArn } from "../../aws/arn";
import { listenerPlace } from "../../policy/listener-place";
import type { AttachmentRequest } from "../../policy/request";
import type { Plan, ResourceChange } from "../plan/plan";
import { record, text, type Values } from "../plan/values";
import { attachmentsHeld } from "../verify/attachments-held";
import { namesIn } from "./asked-of-certificates";
import type { AskedOfPlan } from "./asked-of-plan";

type Place = Pick<AttachmentRequest, "servingKind" | "accountId" | "region" | "loadBalancer">;

/**
 * Attachments that are made or changed, of certificates whose names the stack knows. A certificate that is made in the
 * same plan has no ARN yet: its rollouts are judged by the provider, during the apply.
 */
export function askedOfAttachments({ resources, held }: Plan, at: Date): AskedOfPlan[] {
  const names = new Map(held.map(({ type, values }) => [text(values.arn), namesIn(type, values)]));
  return resources
    .filter(({ mode, actions }) => mode === "managed" && (actions.includes("create") || actions.includes("update")))
    .flatMap((resource) => {
      const values = record(resource.change.after);
      return attachmentsHeld([{ address: resource.address, type: resource.type, values }]).flatMap(
        ({ address, certificateArn }) => {
          const ofCertificate = names.get(certificateArn) ?? [];
          const place = placeOf(resource, values, certificateArn);
          if (ofCertificate.length === 0 || place === undefined) return [];
          const attachment = text(values.listener_arn) || text(values.arn) || place.loadBalancer || address;
          const subject = { names: ofCertificate, certificateArn, attachment };
          return [
            { address, subject, requests: [{ kind: "attachment" as const, names: ofCertificate, at, ...place }] },
          ];
        },
      );
    });
}

/** A certificate serves in its own account alone, and a load balancer takes it from its own region. */
function placeOf({ type, change }: ResourceChange, values: Values, certificateArn: string): Place | undefined {
  const { accountId, region: known } = parseArn(certificateArn);
  // of IAM's there is none
  const region = known || undefined;
  switch (type) {
    case "unexpired_rollout": {
      if (text(values.listener_arn) !== "") return listenerPlace(text(values.listener_arn));
      const loadBalancer = text(record(values.classic_listener).load_balancer_name);
      return { servingKind: "classic-listener", accountId, region, loadBalancer };
    }
    case "aws_lb_listener_certificate":
    case "aws_alb_listener_certificate":
      return listenerPlace(text(values.listener_arn));
    case "aws_lb_listener":
    case "aws_alb_listener": {
      const found = listenerPlace(text(values.arn) || text(record(change.before).arn));
      const isNetwork = text(values.protocol) === "TLS";
      return found ?? { servingKind: isNetwork ? "network-listener" : "application-listener", accountId, region };
    }
    case "aws_elb":
      return { servingKind: "classic-listener", accountId, region, loadBalancer: text(values.name) || undefined };
    case "aws_cloudfront_distribution":
      return {
        ...{ servingKind: "distribution", accountId, region: "aws-global" },
        loadBalancer: text(values.id) || undefined,
      };
    case "aws_api_gateway_domain_name": {
      // at the edge its certificate is in us-east-1, wherever the domain name is
      const isRegional = text(values.regional_certificate_arn) !== "";
      const where = { accountId, ...(isRegional && { region }) };
      return { servingKind: "rest-domain-name", ...where, loadBalancer: text(values.domain_name) || undefined };
    }
    case "aws_apigatewayv2_domain_name":
      return {
        servingKind: "http-domain-name",
        accountId,
        region,
        loadBalancer: text(values.domain_name) || undefined,
      };
    default:
      return undefined;
  }
}
