/** Resource types that certificates are made of. */

/** Our certificate, by the provider that has it in any registry. */
export const renewedType = "unexpired_certificate";

export function isOurProvider(provider: string): boolean {
  return provider.endsWith("/unexpired/unexpired");
}

export const certificateTypes: ReadonlySet<string> = new Set([
  renewedType,
  "aws_acm_certificate",
  "aws_acm_certificate_validation",
  "aws_iam_server_certificate",
]);

/** What carries a certificate to clients: attachments, and listeners and the like themselves. */
export const servingTypes: ReadonlySet<string> = new Set([
  "unexpired_rollout",
  "aws_lb_listener",
  "aws_alb_listener",
  "aws_lb_listener_certificate",
  "aws_alb_listener_certificate",
  "aws_elb",
  "aws_cloudfront_distribution",
  "aws_api_gateway_domain_name",
  "aws_apigatewayv2_domain_name",
]);

/** What tells where clients find a listener. */
const balancerTypes: readonly string[] = ["aws_lb", "aws_alb"];

/** Types whose values are kept of a plan, whether they change or not. */
export const heldTypes: ReadonlySet<string> = new Set([...certificateTypes, ...servingTypes, ...balancerTypes]);
