import type { AttachmentRequest } from "../../policy/request";
import type { ServingPoint } from "../scan/estate";

/** Where a serving point is, in the words of a policy. */
export function placeOfPoint({
  kind,
  arn,
  name,
  accountId,
  region,
}: ServingPoint): Pick<AttachmentRequest, "servingKind" | "accountId" | "region" | "loadBalancer"> {
  return { servingKind: kind, accountId, region, loadBalancer: loadBalancerOf(arn) ?? name };
}

/** Of a listener; a distribution and a domain name are called by their own names. */
function loadBalancerOf(arn: string): string | undefined {
  return /:loadbalancer\/(?:(?:app|net)\/)?([^/]+)/.exec(arn)?.[1];
}
