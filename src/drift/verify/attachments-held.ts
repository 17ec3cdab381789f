import { renewedType } from "../plan/certificate-types";
import type { HeldResource } from "../plan/plan";
import { list, record, text, type Values } from "../plan/values";

/** A certificate of a stack, as its state has it. */
export interface HeldCertificate {
  readonly address: string;
  readonly arn: string;
  readonly serial: string;
  readonly names: readonly string[];
}

/** Something that serves a certificate, by what a state tells of it. */
export interface HeldAttachment {
  /** Of the resource. */
  readonly address: string;
  readonly certificateArn: string;
  readonly at: AttachedAt;
}

export type AttachedAt =
  /** A listener of an Application or Network Load Balancer. */
  | { readonly kind: "listener"; readonly arn: string; readonly isDefault: boolean }
  | { readonly kind: "classic"; readonly loadBalancerName: string; readonly port: number }
  /** A distribution or a domain name, which needs a name to be sent. */
  | { readonly kind: "edge"; readonly hostName: string; readonly names: readonly string[] };

/** The certificates that a stack renews. */
export function certificatesHeld(held: readonly HeldResource[]): HeldCertificate[] {
  return held
    .filter(({ type }) => type === renewedType)
    .map(({ address, values }) => ({
      address,
      arn: text(values.arn),
      serial: text(values.serial),
      names: list(values.domain_names).map(text),
    }));
}

/** What serves certificates, by whichever resource a stack declares it. */
export function attachmentsHeld(held: readonly HeldResource[]): HeldAttachment[] {
  return held.flatMap(({ address, type, values }) =>
    placesOf(type, values)
      .filter(({ certificateArn }) => certificateArn !== "")
      .map((place) => ({ address, ...place })),
  );
}

type Place = Omit<HeldAttachment, "address">;

function placesOf(type: string, values: Values): Place[] {
  const certificateArn = text(values.certificate_arn);
  switch (type) {
    case "aws_lb_listener":
    case "aws_alb_listener":
      return [{ certificateArn, at: { kind: "listener", arn: text(values.arn), isDefault: true } }];
    case "aws_lb_listener_certificate":
    case "aws_alb_listener_certificate":
      return [{ certificateArn, at: { kind: "listener", arn: text(values.listener_arn), isDefault: false } }];
    case "unexpired_rollout":
      return [{ certificateArn, at: rolledOutAt(values) }];
    case "aws_elb":
      return list(values.listener).map((each) => {
        const { lb_port: port, ssl_certificate_id: arn } = record(each);
        return {
          certificateArn: text(arn),
          at: { kind: "classic", loadBalancerName: text(values.name), port: Number(port) },
        };
      });
    case "aws_cloudfront_distribution":
      return list(values.viewer_certificate).map((each) => ({
        certificateArn: text(record(each).acm_certificate_arn),
        at: { kind: "edge", hostName: text(values.domain_name), names: list(values.aliases).map(text) },
      }));
    case "aws_api_gateway_domain_name": {
      const hostName = text(values.regional_domain_name) || text(values.cloudfront_domain_name);
      const arn = text(values.regional_certificate_arn) || certificateArn;
      return [{ certificateArn: arn, at: { kind: "edge", hostName, names: [text(values.domain_name)] } }];
    }
    case "aws_apigatewayv2_domain_name":
      return list(values.domain_name_configuration).map((each) => ({
        certificateArn: text(record(each).certificate_arn),
        at: { kind: "edge", hostName: text(record(each).target_domain_name), names: [text(values.domain_name)] },
      }));
    default:
      return [];
  }
}

function rolledOutAt({ listener_arn: arn, classic_listener: classic, role }: Values): AttachedAt {
  if (typeof arn === "string") return { kind: "listener", arn, isDefault: role !== "sni" };
  const { load_balancer_name: name, port } = record(classic);
  return { kind: "classic", loadBalancerName: text(name), port: Number(port) };
}
