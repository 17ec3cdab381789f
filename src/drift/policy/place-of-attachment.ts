import { listenerPlace } from "../../policy/listener-place";
import type { AttachmentRequest } from "../../policy/request";
import type { ResourceChange } from "../plan/plan";
import { record, text, type Values } from "../plan/values";

export type Place = Pick<AttachmentRequest, "servingKind" | "accountId" | "region" | "loadBalancer">;

/** What the ARN of the certificate tells of where it serves; of one that is not there yet nothing. */
export type CertificatePlace = Pick<Place, "accountId" | "region">;

/**
 * Where a resource serves a certificate. `balancer`: the name of the load balancer that the same plan makes for it.
 * Undefined: it serves none, or nothing is known of where.
 */
export function placeOf(resource: ResourceChange, where: CertificatePlace, balancer?: string): Place | undefined {
  const values = record(resource.change.after);
  const { accountId, region } = where;
  switch (resource.type) {
    case "unexpired_rollout": {
      if (text(values.listener_arn) !== "") return listenerPlace(text(values.listener_arn));
      const loadBalancer = text(record(values.classic_listener).load_balancer_name);
      return loadBalancer === "" ? undefined : { servingKind: "classic-listener", ...where, loadBalancer };
    }
    case "aws_lb_listener_certificate":
    case "aws_alb_listener_certificate":
      return listenerPlace(text(values.listener_arn));
    case "aws_lb_listener":
    case "aws_alb_listener":
      return listenerPlace(text(values.load_balancer_arn) || text(values.arn)) ?? newListener(values, where, balancer);
    case "aws_elb":
      return { servingKind: "classic-listener", ...where, loadBalancer: text(values.name) || undefined };
    case "aws_cloudfront_distribution":
      return {
        ...{ servingKind: "distribution", accountId, region: "aws-global" },
        loadBalancer: text(values.id) || undefined,
      };
    case "aws_api_gateway_domain_name": {
      // at the edge its certificate is in us-east-1, wherever the domain name is
      const isRegional = text(values.regional_certificate_arn) !== "";
      const known = { accountId, ...(isRegional && { region }) };
      return { servingKind: "rest-domain-name", ...known, loadBalancer: text(values.domain_name) || undefined };
    }
    case "aws_apigatewayv2_domain_name":
      return { servingKind: "http-domain-name", ...where, loadBalancer: text(values.domain_name) || undefined };
    default:
      return undefined;
  }
}

/** On a load balancer that is not there yet. */
function newListener({ protocol }: Values, where: CertificatePlace, loadBalancer: string | undefined): Place {
  const servingKind = text(protocol) === "TLS" ? "network-listener" : "application-listener";
  return { servingKind, ...where, ...(loadBalancer !== undefined && { loadBalancer }) };
}
