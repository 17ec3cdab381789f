/**
 * Two certificates from Let's Encrypt on one HTTPS listener of an existing Application Load Balancer: one for
 * clients in general, one more that is chosen by name. Copy it; only the last block is specific to running it.
 */
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { CertificateIssuer, DnsZone, ListenerAttachment, ManagedCertificate, UnexpiredProvider } from "unexpired";

interface WebsiteProps {
  readonly region: string;
  readonly zoneName: string;
  readonly issuer: CertificateIssuer;
  /** Credentials for akamai-dns-proxy, or for Edge DNS itself. @default section `default` of ~/.edgerc */
  readonly edgeDns?: { readonly edgerc?: string; readonly caFile?: string };
  /** Name servers to ask instead of the zone's own, as host:port. */
  readonly nameServers?: readonly string[];
}

class Website extends TerraformStack {
  constructor(scope: Construct, id: string, { region, zoneName, issuer, edgeDns, nameServers }: WebsiteProps) {
    super(scope, id);
    new AwsProvider(this, "aws", { region });
    new UnexpiredProvider(this, "unexpired", { edgeDns, nameServers });

    const loadBalancerArn = new TerraformVariable(this, "load_balancer_arn", {
      type: "string",
      description: "ARN of the load balancer that gets the listener",
    });
    const listener = new LbListener(this, "listener", {
      loadBalancerArn: loadBalancerArn.stringValue,
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

    const zone = DnsZone.edgeDns(this, "zone", { zoneName });
    const web = new ManagedCertificate(this, "web", {
      domainNames: [`app.${zoneName}`, `*.app.${zoneName}`],
      zone,
      issuer,
    });
    new ListenerAttachment(this, "https", { certificate: web, listener });

    const api = new ManagedCertificate(this, "api", { domainNames: [`api.${zoneName}`], zone, issuer });
    new ListenerAttachment(this, "https-api", { certificate: api, listener, role: "sni" });

    new TerraformOutput(this, "certificate_arn", { value: web.certificateArn });
    new TerraformOutput(this, "listener_arn", { value: listener.arn });
  }
}

const setting = process.env;
const contactEmail = setting.CONTACT_EMAIL;
const profile = setting.ACME_PROFILE;
const directoryUrl = setting.ACME_DIRECTORY_URL;

const app = new App();
new Website(app, "alb-lets-encrypt", {
  region: setting.AWS_REGION ?? "us-east-1",
  zoneName: setting.ZONE_NAME ?? "example.gov",
  issuer:
    directoryUrl === undefined
      ? CertificateIssuer.letsEncrypt({ contactEmail, profile })
      : CertificateIssuer.acme({ directoryUrl, caFile: setting.ACME_CA_FILE, contactEmail, profile }),
  edgeDns: { edgerc: setting.EDGERC, caFile: setting.EDGE_DNS_CA_FILE },
  nameServers: setting.NAME_SERVERS?.split(","),
});
app.synth();
