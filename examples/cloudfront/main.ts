/**
 * A website that CloudFront serves. The stack stands in eu-central-1; its certificate stands where CloudFront reads
 * certificates, in us-east-1, and needs no second provider block for that.
 */
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { CertificateIssuer, DistributionAttachment, DnsZone, ManagedCertificate } from "unexpired";

const zoneName = "example.gov";
const names = [`www.${zoneName}`];

class Website extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-central-1" });

    const certificate = new ManagedCertificate(this, "certificate", {
      domainNames: names,
      zone: DnsZone.edgeDns(this, "zone", { zoneName }),
      issuer: CertificateIssuer.acm(),
      keyAlgorithm: "EC_prime256v1",
      region: "us-east-1",
    });

    const distribution = new CloudfrontDistribution(this, "distribution", {
      enabled: true,
      aliases: names,
      origin: [
        {
          originId: "website",
          domainName: `origin.${zoneName}`,
          customOriginConfig: {
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "https-only",
            originSslProtocols: ["TLSv1.2"],
          },
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: "website",
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD", "OPTIONS"],
        cachedMethods: ["GET", "HEAD"],
        // AWS's managed policy CachingOptimized
        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: {},
    });
    new DistributionAttachment(this, "https", { certificate, distribution });

    new TerraformOutput(this, "point_the_names_at", { value: distribution.domainName });
  }
}

const app = new App();
new Website(app, "cloudfront");
app.synth();
