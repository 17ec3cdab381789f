import type { AwsAccess } from "../../aws/aws-access";
import { distributionTarget } from "../../rollout/distribution-target";
import { httpDomainNameTarget, restDomainNameTarget } from "../../rollout/domain-name-targets";
import { classicTarget, elbv2Target, type ServingTarget } from "../../rollout/serving-target";
import type { ServingPoint } from "../scan/estate";

/** A serving point of a scan as something that certificates can be put on. */
export function targetOf(point: ServingPoint, access: AwsAccess): ServingTarget {
  return { ...unnamed(point, access), name: point.name };
}

function unnamed({ kind, id, arn, region, port }: ServingPoint, access: AwsAccess): ServingTarget {
  switch (kind) {
    case "application-listener":
    case "network-listener":
      return elbv2Target(access.loadBalancers(region), id);
    case "classic-listener":
      return classicTarget(access.classicLoadBalancers(region), { loadBalancerName: lastOf(arn), port });
    case "distribution":
      return distributionTarget(access.distributions(), lastOf(arn));
    case "rest-domain-name":
      return restDomainNameTarget(access.restApiDomainNames(region), lastOf(arn));
    case "http-domain-name":
      return httpDomainNameTarget(access.httpApiDomainNames(region), lastOf(arn));
  }
}

/** `…:loadbalancer/web`, `…:distribution/E2QWRUHAPOMQZL`, `…::/domainnames/api.example.gov`. */
function lastOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
