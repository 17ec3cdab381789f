import type { AttachmentRequest } from "./request";

type ListenerPlace = Pick<AttachmentRequest, "servingKind" | "accountId" | "region" | "loadBalancer">;

const listenerArn =
  /^arn:[\w-]+:elasticloadbalancing:([a-z0-9-]+):(\d{12}):(?:listener|loadbalancer)\/(app|net)\/([^/]+)\//;

/** What the ARN of a listener, or of its load balancer, tells of where it is (Service Authorization Reference, Elastic Load Balancing v2). */
export function listenerPlace(arn: string): ListenerPlace | undefined {
  const [, region, accountId, kind, loadBalancer] = listenerArn.exec(arn) ?? [];
  if (region === undefined) return undefined;
  return { servingKind: kind === "net" ? "network-listener" : "application-listener", accountId, region, loadBalancer };
}
