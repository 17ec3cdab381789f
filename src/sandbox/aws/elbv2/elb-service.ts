/** Elastic Load Balancing, version 2015-12-01: application and network load balancers. */
import { AwsError } from "../aws-error";
import { atMost, tagPairs, texts, type Input } from "../input";
import { queryProtocol } from "../query-protocol";
import type { AwsRegion } from "../aws-region";
import type { Operation, Service } from "../service";
import { listenerCertificateOperations } from "./listener-certificate-operations";
import { listenerOperations } from "./listener-operations";
import { loadBalancerOperations } from "./load-balancer-operations";
import { loadBalancerSettingsOperations } from "./load-balancer-settings-operations";
import { targetGroupOperations } from "./target-group-operations";

const resourceArns = (input: Input) => texts(input, "ResourceArns").join(",");

function tagsOf(region: AwsRegion, arn: string): Map<string, string> {
  const { loadBalancers, targetGroups, listeners } = region.elb;
  const found = listeners.get(arn) ?? loadBalancers.get(arn) ?? targetGroups.get(arn);
  if (found) return found.tags;
  const kind = /:listener\//.test(arn) ? "Listener" : /:targetgroup\//.test(arn) ? "TargetGroup" : "LoadBalancer";
  throw new AwsError(`${kind}NotFound`, `${arn} not found`);
}

/** Up to 20 resources in a call (elbv2 API reference, DescribeTags). */
const describeTags: Operation = {
  subject: resourceArns,
  reads: true,
  run: (input, { region }) => ({
    TagDescriptions: atMost(20, texts(input, "ResourceArns"), "resourceArns").map((ResourceArn) => ({
      ResourceArn,
      Tags: [...tagsOf(region, ResourceArn)].map(([Key, Value]) => ({ Key, Value })),
    })),
  }),
};

const addTags: Operation = {
  subject: resourceArns,
  run(input, { region }) {
    for (const arn of texts(input, "ResourceArns"))
      for (const [key, value] of tagPairs(input)) tagsOf(region, arn).set(key, value);
    return {};
  },
};

const removeTags: Operation = {
  subject: resourceArns,
  run(input, { region }) {
    for (const arn of texts(input, "ResourceArns"))
      for (const key of texts(input, "TagKeys")) tagsOf(region, arn).delete(key);
    return {};
  },
};

export const elbService: Service = {
  signingName: "elasticloadbalancing",
  protocol: queryProtocol,
  version: "2015-12-01",
  iamPrefix: "elasticloadbalancing",
  namespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
  operations: {
    ...loadBalancerOperations,
    ...loadBalancerSettingsOperations,
    ...targetGroupOperations,
    ...listenerOperations,
    ...listenerCertificateOperations,
    DescribeTags: describeTags,
    AddTags: addTags,
    RemoveTags: removeTags,
  },
};
