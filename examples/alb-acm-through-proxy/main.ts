/**
 * A certificate that ACM issues and renews, on an HTTPS listener of an existing Application Load Balancer. The records that
 * prove its names stand in Akamai Edge DNS and are written through akamai-dns-proxy, by the credentials in ~/.edgerc.
 */
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { CertificateIssuer, DnsZone, ListenerAttachment, ManagedCertificate } from "unexpired";

const zoneName = "example.gov";
const names = [`app.${zoneName}`, `*.app.${zoneName}`];

class Website extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });

    const certificate = new ManagedCertificate(this, "web", {
      domainNames: names,
      zone: DnsZone.edgeDns(this, "zone", { zoneName }),
      issuer: CertificateIssuer.acm(),
    });

    const listener = new LbListener(this, "listener", {
      loadBalancerArn: new TerraformVariable(this, "load_balancer_arn", { type: "string" }).stringValue,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      defaultAction: [
        {
          type: "fixed-response",
          fixedResponse: { contentType: "text/plain", messageBody: "no such site", statusCode: "404" },
        },
      ],
    });
    new ListenerAttachment(this, "https", { certificate, listener });

    new TerraformOutput(this, "listener_arn", { value: listener.arn });
  }
}

const app = new App();
new Website(app, "alb-acm-through-proxy");
app.synth();
