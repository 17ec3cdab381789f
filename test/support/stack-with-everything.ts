/** A program that synthesizes one stack with each construct in each of its forms. For comparisons, not to be applied. */
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { Elb } from "@cdktf/provider-aws/lib/elb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import {
  CertificateAlarms,
  CertificateChecks,
  CertificateIssuer,
  ClassicListener,
  DistributionAttachment,
  DnsZone,
  DomainNameAttachment,
  DriftCheckSchedule,
  Listener,
  ListenerAttachment,
  ManagedCertificate,
  providerStatements,
  Secret,
  UnexpiredDnsRecord,
  UnexpiredProvider,
} from "../../constructs";

const account = "111122223333";

export class Everything extends TerraformStack {
  private readonly edgeDns = DnsZone.edgeDns(this, "edge-dns", { zoneName: "example.gov" });
  private readonly route53 = DnsZone.route53(this, "route53", {
    zoneName: "example.org",
    hostedZoneId: "Z0123456789ABCDEFGHIJ",
  });
  private readonly paid = ManagedCertificate.fromArn(this, "paid", `arn:aws:acm:us-east-1:${account}:certificate/0f-1`);

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1", assumeRole: [{ roleArn: `arn:aws:iam::${account}:role/r` }] });
    new UnexpiredProvider(this, "unexpired", {
      edgeDns: { edgerc: "/etc/edgerc" },
      nameServers: ["ns1.example.gov:53"],
      accountStore: { secretsManager: { secretName: "acme" } },
    });
    const certificates = this.certificates();
    this.listeners(certificates);
    this.edge(certificates);
    new CertificateAlarms(this, "alarms", { certificates: [...Object.values(certificates), this.paid] });
    new DriftCheckSchedule(this, "drift-check", {
      image: `${account}.dkr.ecr.us-east-1.amazonaws.com/infra:1`,
      clusterArn: `arn:aws:ecs:us-east-1:${account}:cluster/infra`,
      ...{ subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"], statements: providerStatements(account) },
      secrets: { CHAT: Secret.secretsManager(`arn:aws:secretsmanager:us-east-1:${account}:secret:chat-AbCdEf`) },
    });
    new UnexpiredDnsRecord(this, "record", {
      zone: "example.gov",
      name: "a.example.gov",
      type: "TXT",
      values: ['"a"'],
    });
    CertificateChecks.addTo(this, { warn: () => undefined });
  }

  private certificates() {
    const { edgeDns, route53 } = this;
    const zones = [edgeDns, route53];
    const domainNames = ["app.example.gov", "*.app.example.gov", "app.example.org"];
    const acm = new ManagedCertificate(this, "acm", { domainNames, zones, issuer: CertificateIssuer.acm() });
    const acme = new ManagedCertificate(this, "acme", {
      domainNames,
      zones,
      name: "web",
      keyAlgorithm: "RSA_3072",
      region: "us-east-1",
      renewal: { daysBeforeExpiry: 20, ari: false },
      tags: { team: "web" },
      timeouts: { create: "1h" },
      issuer: CertificateIssuer.acme({
        directoryUrl: "https://ca.example.gov/directory",
        externalAccountBinding: { keyId: "k", hmacKey: Secret.environment("EAB_KEY") },
      }),
    });
    new TerraformOutput(this, "serial", { value: acme.serial });
    return { acm, acme };
  }

  private edge({ acm }: Record<"acm" | "acme", ManagedCertificate>) {
    const distribution = new CloudfrontDistribution(this, "site", {
      enabled: true,
      aliases: ["app.example.gov"],
      origin: [{ originId: "web", domainName: "origin.example.gov" }],
      defaultCacheBehavior: {
        targetOriginId: "web",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        viewerProtocolPolicy: "redirect-to-https",
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: {},
    });
    new DistributionAttachment(this, "site-certificate", { certificate: acm, distribution });
    const rest = new ApiGatewayDomainName(this, "rest", { domainName: "api.app.example.gov" });
    new DomainNameAttachment(this, "rest-certificate", { certificate: acm, domainName: rest });
    const http = new Apigatewayv2DomainName(this, "http", {
      domainName: "http.app.example.gov",
      domainNameConfiguration: {
        certificateArn: acm.certificateArn,
        endpointType: "REGIONAL",
        securityPolicy: "TLS_1_2",
      },
    });
    new DomainNameAttachment(this, "http-certificate", { certificate: acm, domainName: http });
  }

  private listeners({ acm, acme }: Record<"acm" | "acme", ManagedCertificate>) {
    const listener = new LbListener(this, "listener", {
      loadBalancerArn: new TerraformVariable(this, "load_balancer_arn", { type: "string" }).stringValue,
      port: 443,
      protocol: "HTTPS",
      defaultAction: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
    });
    new ListenerAttachment(this, "https", { certificate: acm, listener });
    new ListenerAttachment(this, "https-more", { certificate: acme, listener, role: "sni" });
    const shared = Listener.fromArn(
      this,
      "shared",
      `arn:aws:elasticloadbalancing:us-east-1:${account}:listener/net/web/50dc6c495c0c9188/f2f7dc8efc522ab2`,
    );
    new ListenerAttachment(this, "shared-tls", { certificate: acm, listener: shared });
    new ListenerAttachment(this, "shared-tls-more", { certificate: this.paid, listener: shared, role: "sni" });
    const elb = new Elb(this, "elb", {
      listener: [{ lbPort: 443, lbProtocol: "https", instancePort: 80, instanceProtocol: "http" }],
    });
    new ListenerAttachment(this, "classic", {
      certificate: acm,
      listener: ClassicListener.of(this, "classic-listener", elb, 443),
    });
    new ListenerAttachment(this, "old", {
      certificate: acme,
      listener: ClassicListener.fromAttributes(this, "old-listener", { loadBalancerName: "intranet", port: 443 }),
    });
  }
}

if (require.main === module) {
  const app = new App();
  new Everything(app, "everything");
  app.synth();
}
