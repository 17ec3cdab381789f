/**
 * Custom domain names of API Gateway: one for a REST API (version 1 of API Gateway's API), one for an HTTP API (version
 * 2), served with one certificate.
 */
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { CertificateIssuer, DnsZone, DomainNameAttachment, ManagedCertificate } from "unexpired";

const zoneName = "example.gov";
const restName = `orders.${zoneName}`;
const httpName = `search.${zoneName}`;

class Apis extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-west-2" });

    const certificate = new ManagedCertificate(this, "certificate", {
      domainNames: [restName, httpName],
      zone: DnsZone.edgeDns(this, "zone", { zoneName }),
      issuer: CertificateIssuer.letsEncrypt(),
      keyAlgorithm: "EC_prime256v1",
    });

    const orders = new ApiGatewayDomainName(this, "orders", {
      domainName: restName,
      endpointConfiguration: { types: ["REGIONAL"] },
      securityPolicy: "TLS_1_2",
    });
    new DomainNameAttachment(this, "orders-certificate", { certificate, domainName: orders });

    const search = new Apigatewayv2DomainName(this, "search", {
      domainName: httpName,
      domainNameConfiguration: {
        certificateArn: certificate.certificateArn,
        endpointType: "REGIONAL",
        securityPolicy: "TLS_1_2",
      },
    });
    new DomainNameAttachment(this, "search-certificate", { certificate, domainName: search });

    new TerraformOutput(this, "point_orders_at", { value: orders.regionalDomainName });
    new TerraformOutput(this, "point_search_at", { value: search.domainNameConfiguration.targetDomainName });
  }
}

const app = new App();
new Apis(app, "api-gateway");
app.synth();
