import { Construct } from "constructs";
import { regionOfAws } from "./bindings/aws-settings";
import type { ICertificate } from "./certificate";
import { apiGatewayEdgeKeys, apiGatewayRegionalKeys, checkAcceptedKey } from "./checks/check-accepted-key";
import { checkEdgeRegion, checkStandsIn } from "./checks/check-regions";
import { checkServedNames } from "./checks/check-served-names";
import { TerraformResource, TerraformStack } from "./engine";
import { mistakeIn } from "./mistake";

/** What is needed of a domain name for REST APIs; `ApiGatewayDomainName` of provider-aws is one. */
export interface DeclaredRestDomainName extends TerraformResource {
  readonly domainNameInput: string | undefined;
  readonly regionInput: string | undefined;
  readonly endpointConfigurationInput: { readonly types: readonly string[] } | undefined;
  certificateArn: string;
  readonly certificateArnInput: string | undefined;
  regionalCertificateArn: string;
  readonly regionalCertificateArnInput: string | undefined;
}

/** What is needed of a domain name for HTTP and WebSocket APIs; `Apigatewayv2DomainName` of provider-aws is one. */
export interface DeclaredHttpDomainName extends TerraformResource {
  readonly domainNameInput: string | undefined;
  readonly regionInput: string | undefined;
  readonly domainNameConfigurationInput: { readonly certificateArn: string } | undefined;
}

export interface DomainNameAttachmentProps {
  readonly certificate: ICertificate;
  /**
   * An `ApiGatewayDomainName` of this stack without a certificate, or an `Apigatewayv2DomainName` of this stack with
   * `certificate.certificateArn` in its configuration: its class wants one from the beginning.
   */
  readonly domainName: DeclaredRestDomainName | DeclaredHttpDomainName;
}

/**
 * Serves a certificate from a custom domain name of API Gateway that is declared in the same stack, and checks what API
 * Gateway wants of it: the region (us-east-1 for edge-optimized ones), the key, and that it is good for the name. One
 * made elsewhere is attached where it is declared.
 *
 * @example
 * const domainName = new ApiGatewayDomainName(this, "api", {
 *   domainName: "api.example.gov",
 *   endpointConfiguration: { types: ["REGIONAL"] },
 *   securityPolicy: "TLS_1_2",
 * });
 * new DomainNameAttachment(this, "api-certificate", { certificate, domainName });
 */
export class DomainNameAttachment extends Construct {
  readonly certificate: ICertificate;
  readonly domainName: DomainNameAttachmentProps["domainName"];

  constructor(scope: Construct, id: string, { certificate, domainName }: DomainNameAttachmentProps) {
    super(scope, id);
    this.certificate = certificate;
    this.domainName = domainName;
    this.checkDeclaredHere(domainName);
    const names = domainName.domainNameInput === undefined ? [] : [domainName.domainNameInput];
    checkServedNames(this, names, certificate, "API Gateway developer guide, certificates for custom domain names");
    if ("domainNameConfigurationInput" in domainName) this.attachToHttp(certificate, domainName);
    else this.attachToRest(certificate, domainName);
  }

  private attachToRest(certificate: ICertificate, domainName: DeclaredRestDomainName): void {
    const { certificateArnInput, regionalCertificateArnInput, endpointConfigurationInput } = domainName;
    if (certificateArnInput !== undefined || regionalCertificateArnInput !== undefined)
      throw mistakeIn(this, {
        what: `domain name ${domainName.node.path} has a certificate already`,
        source: "API Gateway API reference, DomainName: it has one certificate",
        fix: "leave out its certificateArn and regionalCertificateArn, or the other attachment",
      });
    const [type = "EDGE"] = endpointConfigurationInput?.types ?? [];
    switch (type) {
      case "EDGE":
        checkEdgeRegion(this, certificate, apiGatewayEdgeKeys.who);
        checkAcceptedKey(this, certificate, apiGatewayEdgeKeys);
        domainName.certificateArn = certificate.certificateArn;
        return;
      case "PRIVATE":
        this.checkRegional(certificate, domainName);
        domainName.certificateArn = certificate.certificateArn;
        return;
      case "REGIONAL":
        this.checkRegional(certificate, domainName);
        domainName.regionalCertificateArn = certificate.certificateArn;
        return;
      default:
        throw mistakeIn(this, {
          what: `domain name ${domainName.node.path} has the endpoint type "${type}", which decides where its certificate goes`,
          source: "API Gateway API reference, EndpointConfiguration, types",
          fix: "write EDGE, REGIONAL or PRIVATE as text",
        });
    }
  }

  private attachToHttp(certificate: ICertificate, domainName: DeclaredHttpDomainName): void {
    if (domainName.domainNameConfigurationInput?.certificateArn !== certificate.certificateArn)
      throw mistakeIn(this, {
        what: `domain name ${domainName.node.path} names another certificate than the one attached`,
        source: "aws_apigatewayv2_domain_name, domain_name_configuration",
        fix: "set domainNameConfiguration.certificateArn to certificate.certificateArn",
      });
    this.checkRegional(certificate, domainName);
  }

  private checkRegional(certificate: ICertificate, domainName: DeclaredRestDomainName | DeclaredHttpDomainName): void {
    const region = domainName.regionInput ?? regionOfAws(domainName, domainName.provider);
    checkStandsIn(this, certificate, region, {
      what: (own, its) => `the certificate stands in ${own}, the domain name in ${its}`,
      source: "API Gateway developer guide, certificates for custom domain names: one of the API's Region",
    });
    checkAcceptedKey(this, certificate, apiGatewayRegionalKeys);
  }

  private checkDeclaredHere(domainName: unknown): void {
    const isResource = TerraformResource.isTerraformResource(domainName);
    if (isResource && "domainNameInput" in domainName && TerraformStack.of(domainName) === TerraformStack.of(this))
      return;
    throw mistakeIn(this, {
      what: isResource ? `${domainName.node.path} is no domain name of this stack` : "domainName is no resource",
      source: "Terraform language, resources: a setting belongs to the stack that declares the resource",
      fix: "attach an ApiGatewayDomainName or Apigatewayv2DomainName in the stack that declares it",
    });
  }
}
