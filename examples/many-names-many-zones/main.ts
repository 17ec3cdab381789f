/**
 * Certificates whose names are spread over three zones, two in Akamai Edge DNS and one in Amazon Route 53, issued by ACM
 * and by Let's Encrypt.
 */
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { CertificateIssuer, DnsZone, ListenerAttachment, ManagedCertificate } from "unexpired";

class Portal extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const variable = (name: string, description: string) =>
      new TerraformVariable(this, name, { type: "string", description }).stringValue;

    const zones = [
      DnsZone.edgeDns(this, "gov", { zoneName: "example.gov" }),
      DnsZone.edgeDns(this, "org", { zoneName: "example.org" }),
      DnsZone.route53(this, "com", {
        zoneName: "example.com",
        hostedZoneId: variable("hosted_zone_id", "the hosted zone example.com"),
      }),
    ];
    const listener = new LbListener(this, "listener", {
      loadBalancerArn: variable("load_balancer_arn", "the Application Load Balancer that gets the listener"),
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      defaultAction: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
    });

    const staff = new ManagedCertificate(this, "staff", {
      domainNames: ["*.example.com", "staff.example.org"],
      zones,
      issuer: CertificateIssuer.acm(),
    });
    new ListenerAttachment(this, "https-staff", { certificate: staff, listener, role: "sni" });

    const website = new ManagedCertificate(this, "website", {
      domainNames: ["example.com", "example.gov", "*.example.gov", "www.example.org"],
      zones,
      issuer: CertificateIssuer.acm(),
    });
    new ListenerAttachment(this, "https", { certificate: website, listener });

    const mail = new ManagedCertificate(this, "mail", {
      domainNames: ["mail.example.org", "*.mail.example.org", "*.mail.example.com"],
      zones,
      issuer: CertificateIssuer.letsEncrypt(),
    });
    new ListenerAttachment(this, "https-mail", { certificate: mail, listener, role: "sni" });

    new TerraformOutput(this, "listener_arn", { value: listener.arn });
  }
}

const app = new App();
new Portal(app, "many-names-many-zones");
app.synth();
