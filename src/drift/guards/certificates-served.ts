/** Where a resource that serves certificates names them, by its type: paths in which `*` is each element of a list. */
const places: Readonly<Record<string, readonly string[]>> = {
  unexpired_rollout: ["certificate_arn"],
  aws_lb_listener: ["certificate_arn"],
  aws_alb_listener: ["certificate_arn"],
  aws_lb_listener_certificate: ["certificate_arn"],
  aws_alb_listener_certificate: ["certificate_arn"],
  aws_elb: ["listener.*.ssl_certificate_id"],
  aws_cloudfront_distribution: ["viewer_certificate.*.acm_certificate_arn", "viewer_certificate.*.iam_certificate_id"],
  aws_api_gateway_domain_name: ["certificate_arn", "regional_certificate_arn"],
  aws_apigatewayv2_domain_name: ["domain_name_configuration.*.certificate_arn"],
};

/**
 * The certificates that a resource of a type serves. One that is known after apply only counts as undefined.
 * `unknown` has `true` at such places, as a plan tells them.
 */
export function certificatesServed(type: string, values: unknown, unknown: unknown = false): (string | undefined)[] {
  return (places[type] ?? []).flatMap((path) => at(path.split("."), values, unknown));
}

function at([step, ...rest]: readonly string[], value: unknown, unknown: unknown): (string | undefined)[] {
  if (unknown === true) return [undefined];
  if (step === undefined) return typeof value === "string" && value !== "" ? [value] : [];
  const values = childrenOf(value);
  const unknowns = childrenOf(unknown);
  const keys = step === "*" ? [...new Set([...Object.keys(values), ...Object.keys(unknowns)])] : [step];
  return keys.flatMap((key) => at(rest, values[key], unknowns[key]));
}

function childrenOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
