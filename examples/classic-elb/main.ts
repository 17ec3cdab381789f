/**
 * Certificates on Classic Load Balancers: one that is declared here, and one that somebody made before and that is known by
 * its name.
 */
import { Elb } from "@cdktf/provider-aws/lib/elb";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { CertificateIssuer, ClassicListener, DnsZone, ListenerAttachment, ManagedCertificate } from "unexpired";

const zoneName = "example.gov";

class Intranet extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const common = {
      zone: DnsZone.edgeDns(this, "zone", { zoneName }),
      issuer: CertificateIssuer.letsEncrypt(),
      keyAlgorithm: "RSA_2048",
    } as const;

    const portal = new ManagedCertificate(this, "portal", { domainNames: [`portal.${zoneName}`], ...common });
    const loadBalancer = new Elb(this, "load-balancer", {
      name: "portal",
      availabilityZones: ["us-east-1a", "us-east-1b"],
      listener: [{ lbPort: 443, lbProtocol: "https", instancePort: 80, instanceProtocol: "http" }],
      // without this line another certificate is another listener, and for a moment there is none
      lifecycle: { ignoreChanges: ["listener"] },
    });
    new ListenerAttachment(this, "portal-https", {
      certificate: portal,
      listener: ClassicListener.of(this, "portal-listener", loadBalancer, 443),
    });

    const wiki = new ManagedCertificate(this, "wiki", { domainNames: [`wiki.${zoneName}`], ...common });
    new ListenerAttachment(this, "wiki-https", {
      certificate: wiki,
      listener: ClassicListener.fromAttributes(this, "wiki-listener", { loadBalancerName: "wiki", port: 443 }),
    });
  }
}

const app = new App();
new Intranet(app, "classic-elb");
app.synth();
