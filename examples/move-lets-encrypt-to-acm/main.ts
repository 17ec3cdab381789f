/**
 * A service whose certificate comes from Let's Encrypt, to be moved to ACM by one line. Its listener on an existing
 * Application Load Balancer stays as it is.
 */
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { CertificateIssuer, DnsZone, ListenerAttachment, ManagedCertificate } from "unexpired";

// The line that moves it, or a setting for it: CertificateIssuer.acm()
const issuer =
  process.env.ISSUER === "acm"
    ? CertificateIssuer.acm()
    : CertificateIssuer.letsEncrypt({ contactEmail: "tls@example.gov" });

class Website extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const certificate = new ManagedCertificate(this, "web", {
      domainNames: ["app.example.gov", "*.app.example.gov"],
      zone: DnsZone.edgeDns(this, "zone", { zoneName: "example.gov" }),
      issuer,
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
new Website(app, "move-lets-encrypt-to-acm");
app.synth();
