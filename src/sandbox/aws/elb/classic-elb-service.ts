/** Elastic Load Balancing, version 2012-06-01: Classic Load Balancers. */
import { queryProtocol } from "../query-protocol";
import type { Service } from "../service";
import { attributeOperations } from "./attribute-operations";
import { listenerOperations } from "./classic-listener-operations";
import { loadBalancerOperations } from "./classic-load-balancer-operations";
import { tagOperations } from "./classic-tag-operations";

export const classicElbService: Service = {
  signingName: "elasticloadbalancing",
  protocol: queryProtocol,
  version: "2012-06-01",
  iamPrefix: "elasticloadbalancing",
  namespace: "http://elasticloadbalancing.amazonaws.com/doc/2012-06-01/",
  operations: { ...loadBalancerOperations, ...listenerOperations, ...attributeOperations, ...tagOperations },
};
