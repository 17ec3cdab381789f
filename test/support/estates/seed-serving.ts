/** What serves certificates in a seeded estate: load balancers of all kinds, distributions, domain names. */
import type { AwsAccount } from "../../../src/sandbox/aws/aws-account";
import type { AwsRegion } from "../../../src/sandbox/aws/aws-region";
import type { LoadBalancerType } from "../../../src/sandbox/aws/elbv2/load-balancer-record";
import type { SeededAttachment, SeededCertificate } from "./seeded-estate";

const answer = {
  Type: "fixed-response",
  FixedResponseConfig: { StatusCode: "200", ContentType: "text/plain", MessageBody: "here" },
};

const forward = (TargetGroupArn: string) => ({ Type: "forward", TargetGroupArn });

export interface WantedListener {
  readonly name: string;
  readonly type: LoadBalancerType;
  readonly default: SeededCertificate;
  readonly sni: readonly SeededCertificate[];
}

/** A load balancer with a TLS listener and, beside it, one without TLS. */
export async function addLoadBalancer(region: AwsRegion, wanted: WantedListener): Promise<readonly SeededAttachment[]> {
  const { account, elb } = region;
  const { name, type } = wanted;
  const loadBalancer = account.createLoadBalancer({ name, type, region: region.name });
  loadBalancer.tags.set("team", "web");
  const isApplication = type === "application";
  const shared = { alpnPolicy: [], defaultActions: [isApplication ? answer : forward(targetGroup(region, name))] };
  elb.createListener(loadBalancer.arn, { ...shared, protocol: isApplication ? "HTTP" : "TCP", port: 80 });
  const listener = elb.createListener(loadBalancer.arn, {
    ...shared,
    protocol: isApplication ? "HTTPS" : "TLS",
    port: 443,
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    defaultCertificateArn: wanted.default.arn,
  });
  for (const { arn } of wanted.sni) elb.addCertificate(listener, arn);
  await region.listenerChanged(listener.arn);
  const point = { pointId: listener.arn, accountId: account.accountId };
  return [
    { ...point, role: "default", certificateArn: wanted.default.arn },
    ...wanted.sni.map(({ arn }) => ({ ...point, role: "sni" as const, certificateArn: arn })),
  ];
}

function targetGroup(region: AwsRegion, name: string): string {
  const settings = { name, protocol: "TCP", port: 80, vpcId: "vpc-0000000000000000a", targetType: "instance" };
  return region.elb.createTargetGroup(settings).arn;
}

export async function addClassicLoadBalancer(
  region: AwsRegion,
  name: string,
  certificate: SeededCertificate,
): Promise<SeededAttachment> {
  const { account, classicElb } = region;
  const zones = { availabilityZones: [`${region.name}a`], subnets: [], securityGroups: [] };
  const secure = { loadBalancerPort: 443, protocol: "HTTPS", instancePort: 80, instanceProtocol: "HTTP" };
  const made = classicElb.create(
    { name, scheme: "internet-facing", ...zones },
    [
      { ...secure, certificateArn: certificate.arn },
      { ...secure, loadBalancerPort: 80, protocol: "HTTP" },
    ],
    account.now(),
  );
  await region.classicListenersChanged(name, [443, 80]);
  const pointId = `${classicElb.arnOf(made)}:443`;
  return { pointId, accountId: account.accountId, role: "default", certificateArn: certificate.arn };
}

/** The certificate's first name is the alias. */
export async function addDistribution(account: AwsAccount, certificate: SeededCertificate): Promise<SeededAttachment> {
  const { arn: certificateArn, names } = certificate;
  const id = account.serverCertificates.find(certificateArn)?.id;
  const { arn } = await account.distributions.create(
    {
      CallerReference: certificateArn,
      Comment: "",
      Enabled: "true",
      Aliases: { Quantity: "1", Items: { CNAME: names[0] } },
      Origins: {
        Quantity: "1",
        Items: { Origin: { Id: "o", DomainName: "origin.example.gov", S3OriginConfig: { OriginAccessIdentity: "" } } },
      },
      DefaultCacheBehavior: {
        TargetOriginId: "o",
        ViewerProtocolPolicy: "redirect-to-https",
        CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      },
      ViewerCertificate: {
        ...(id === undefined ? { ACMCertificateArn: certificateArn } : { IAMCertificateId: id }),
        SSLSupportMethod: "sni-only",
      },
    },
    [["team", "edge"]],
    account.now(),
  );
  return { pointId: arn, accountId: account.accountId, role: "default", certificateArn };
}

/** The certificate's first name is the domain name. */
export async function addDomainName(
  { account, name: region }: AwsRegion,
  endpointType: "EDGE" | "REGIONAL",
  { arn: certificateArn, names: [name = ""] }: SeededCertificate,
): Promise<SeededAttachment> {
  const wanted = { name, region, endpointType, certificateArn, securityPolicy: "TLS_1_2", tags: { team: "api" } };
  const { arn } = await account.domainNames.create(wanted, account.now());
  return { pointId: arn, accountId: account.accountId, role: "default", certificateArn };
}
