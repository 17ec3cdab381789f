import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  CertificateAlarms,
  type CertificateIssuer,
  DnsZone,
  ListenerAttachment,
  ManagedCertificate,
  UnexpiredProvider,
} from "unexpired";
import { keepState } from "./keep-state";

export interface WebServiceProps {
  readonly region: string;
  /** Zone in Akamai Edge DNS that holds the host name. */
  readonly zoneName: string;
  readonly hostName: string;
  readonly issuer: CertificateIssuer;
  readonly network: Network;
}

/** What exists already. */
export interface Network {
  readonly vpcId: string;
  /** Public ones, in two availability zones at least. */
  readonly subnetIds: string[];
  /** Lets the world in at 80 and 443, and the load balancer out to the service. */
  readonly securityGroupId: string;
}

/** A service behind a load balancer: HTTPS for its host name, a redirect from HTTP, and alarms for its certificate. */
export class WebService extends TerraformStack {
  constructor(scope: Construct, id: string, { region, zoneName, hostName, issuer, network }: WebServiceProps) {
    super(scope, id);
    keepState(this);
    new AwsProvider(this, "aws", { region });
    new UnexpiredProvider(this, "unexpired", {
      // runners are thrown away: the ACME account outlives them here
      accountStore: { secretsManager: { secretName: `unexpired/${id}/acme-account` } },
    });

    const loadBalancer = new Lb(this, "load-balancer", {
      name: `web-${id}`,
      loadBalancerType: "application",
      subnets: network.subnetIds,
      securityGroups: [network.securityGroupId],
    });
    const targets = new LbTargetGroup(this, "targets", {
      name: `web-${id}`,
      targetType: "ip",
      port: 8080,
      protocol: "HTTP",
      vpcId: network.vpcId,
      healthCheck: { path: "/health" },
    });
    new LbListener(this, "http", {
      loadBalancerArn: loadBalancer.arn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    });
    const https = new LbListener(this, "https", {
      loadBalancerArn: loadBalancer.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      defaultAction: [{ type: "forward", targetGroupArn: targets.arn }],
    });

    const certificate = new ManagedCertificate(this, "certificate", {
      domainNames: [hostName],
      zone: DnsZone.edgeDns(this, "zone", { zoneName }),
      issuer,
    });
    new ListenerAttachment(this, "https-certificate", { certificate, listener: https });
    const alarms = new CertificateAlarms(this, "alarms", { certificates: [certificate] });

    new TerraformOutput(this, "point_the_host_name_at", { value: loadBalancer.dnsName });
    new TerraformOutput(this, "subscribe_to", { value: alarms.topicArn });
  }
}
