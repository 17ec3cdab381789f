/**
 * How often AWS lets an account call an operation in one region. We keep below these rates by ourselves: a throttled
 * call costs a round trip and a wait, and other tools of the same account pay for it too.
 */
export interface RequestRate {
  /** Operations with the same bucket share its tokens. */
  readonly bucket: string;
  readonly perSecond: number;
  readonly burst: number;
}

function each(service: string, perSecond: number, actions: readonly string[]): [string, RequestRate][] {
  return actions.map((action) => [
    `${service}:${action}`,
    { bucket: `${service}:${action}`, perSecond, burst: perSecond },
  ]);
}

/** Sources: ACM user guide, "API rate quotas"; Elastic Load Balancing user guide, "API request throttling". */
const rates = new Map<string, RequestRate>([
  ...each("acm", 1, ["ImportCertificate"]),
  ...each("acm", 5, ["RequestCertificate", "UpdateCertificateOptions"]),
  ...each("acm", 5, ["AddTagsToCertificate", "RemoveTagsFromCertificate", "ListTagsForCertificate"]),
  ...each("acm", 8, ["ListCertificates"]),
  ...each("acm", 10, ["DescribeCertificate", "GetCertificate", "DeleteCertificate"]),
]);

/** Route 53 developer guide, "Quotas": five requests per second and account, whatever they ask. */
const route53: RequestRate = { bucket: "route53", perSecond: 5, burst: 5 };

const describeLoadBalancing: RequestRate = { bucket: "elasticloadbalancing:Describe", perSecond: 10, burst: 40 };

/** API Gateway developer guide, "Quotas": all operations that manage an API share one bucket. */
const apiGateway: RequestRate = { bucket: "apigateway", perSecond: 10, burst: 40 };

/** The rate of an IAM action such as `acm:ImportCertificate`; undefined where AWS publishes none. */
export function requestRate(action: string): RequestRate | undefined {
  if (action.startsWith("route53:")) return route53;
  if (action.startsWith("apigateway:")) return apiGateway;
  return action.startsWith("elasticloadbalancing:Describe") ? describeLoadBalancing : rates.get(action);
}
