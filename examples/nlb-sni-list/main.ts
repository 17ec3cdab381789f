/**
 * One TLS listener of a Network Load Balancer for many services. Each has a certificate of its own, chosen by the name
 * that a client asks for (SNI); whoever asks for none gets the default certificate.
 */
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import {
  CertificateIssuer,
  DnsZone,
  ListenerAttachment,
  ManagedCertificate,
  type ManagedCertificateProps,
} from "unexpired";

/** Served at <service>.example.gov by Let's Encrypt, except for what is said here. */
const services: Readonly<Record<string, Partial<ManagedCertificateProps>>> = {
  accounts: {},
  billing: { keyAlgorithm: "RSA_2048" },
  catalog: { domainNames: ["catalog.example.gov", "catalog.example.org"] },
  search: {},
  status: { issuer: CertificateIssuer.acm() },
};

class Gateway extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const variable = (name: string, description: string) =>
      new TerraformVariable(this, name, { type: "string", description }).stringValue;
    const listener = new LbListener(this, "listener", {
      loadBalancerArn: variable("load_balancer_arn", "the Network Load Balancer that gets the listener"),
      port: 443,
      protocol: "TLS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      defaultAction: [{ type: "forward", targetGroupArn: variable("target_group_arn", "the services") }],
    });

    const zones = ["example.gov", "example.org"].map((zoneName) => DnsZone.edgeDns(this, zoneName, { zoneName }));
    const issuer = CertificateIssuer.letsEncrypt({ contactEmail: "tls@example.gov" });
    const front = new ManagedCertificate(this, "front", { domainNames: ["services.example.gov"], zones, issuer });
    new ListenerAttachment(this, "tls", { certificate: front, listener });

    for (const [service, own] of Object.entries(services)) {
      const domainNames = [`${service}.example.gov`];
      const certificate = new ManagedCertificate(this, service, { domainNames, zones, issuer, ...own });
      new ListenerAttachment(this, `tls-${service}`, { certificate, listener, role: "sni" });
    }

    new TerraformOutput(this, "listener_arn", { value: listener.arn });
  }
}

const app = new App();
new Gateway(app, "nlb-sni-list");
app.synth();
