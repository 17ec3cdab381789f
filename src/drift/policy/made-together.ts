/** What the same plan makes for a resource that serves certificates, by what its expressions refer to. */
import { renewedType } from "../plan/certificate-types";
import type { Plan, ResourceChange } from "../plan/plan";
import { withoutKeys } from "../plan/references";
import { record, text } from "../plan/values";

const certificateTypes = new Set([renewedType, "aws_acm_certificate", "aws_iam_server_certificate"]);
const validationTypes = new Set(["aws_acm_certificate_validation"]);
const listenerTypes = new Set(["aws_lb_listener", "aws_alb_listener"]);
const balancerTypes = new Set(["aws_lb", "aws_alb"]);

/** Attributes that name a certificate, wherever they stand. */
const certificateAttributes = [
  "certificate_arn",
  "regional_certificate_arn",
  "acm_certificate_arn",
  "ssl_certificate_id",
  "iam_certificate_id",
];

/** Certificates without an ARN yet; they are named by themselves, or by their validation. */
export function certificatesFor(plan: Plan, resource: ResourceChange): readonly ResourceChange[] {
  const named = madeFor(plan, resource, certificateAttributes);
  const validations = named.filter(({ type }) => validationTypes.has(type));
  const behind = validations.flatMap((each) => madeFor(plan, each, ["certificate_arn"]));
  return [...new Set([...named, ...behind])].filter(({ type }) => certificateTypes.has(type));
}

/** The listener of an entry of its list, or of a rollout. */
export function newListenerFor(plan: Plan, resource: ResourceChange): ResourceChange | undefined {
  const [listener, ...others] = madeFor(plan, resource, ["listener_arn"]).filter(({ type }) => listenerTypes.has(type));
  return others.length === 0 ? listener : undefined;
}

/** The name of the load balancer, if there is one and it is known. */
export function newLoadBalancerFor(plan: Plan, resource: ResourceChange): string | undefined {
  const balancers = madeFor(plan, resource, ["load_balancer_arn"]).filter(({ type }) => balancerTypes.has(type));
  const names = new Set(balancers.map(({ change }) => text(record(change.after).name)));
  const [name] = names;
  return names.size === 1 && name !== "" ? name : undefined;
}

/** All instances, where there are several. */
function madeFor(plan: Plan, { address }: ResourceChange, attributes: readonly string[]): readonly ResourceChange[] {
  const references = plan.references.get(withoutKeys(address)) ?? {};
  const named = new Set(attributes.flatMap((name) => references[name] ?? []));
  if (named.size === 0) return [];
  return plan.resources.filter(
    ({ address: other, actions, isDeposed }) =>
      !isDeposed && actions.includes("create") && named.has(withoutKeys(other)),
  );
}
