import { Construct } from "constructs";
import type { ICertificate } from "./certificate";
import { checkAcceptedKey, cloudFrontKeys } from "./checks/check-accepted-key";
import { checkEdgeRegion } from "./checks/check-regions";
import { checkServedNames } from "./checks/check-served-names";
import { TerraformResource, TerraformStack } from "./engine";
import { mistakeIn } from "./mistake";

/** How viewers connect: settings of a distribution that go with its certificate. */
export interface ViewerCertificate {
  readonly acmCertificateArn?: string;
  readonly sslSupportMethod?: string;
  readonly minimumProtocolVersion?: string;
}

/** What is needed of a distribution that is declared in code; `CloudfrontDistribution` of provider-aws is one. */
export interface DeclaredDistribution extends TerraformResource {
  readonly aliasesInput: string[] | undefined;
  readonly viewerCertificateInput: object | undefined;
  putViewerCertificate(settings: ViewerCertificate): void;
}

export interface DistributionAttachmentProps {
  /** In us-east-1, with a key EC_prime256v1, RSA_2048 or RSA_3072, good for every alias. */
  readonly certificate: ICertificate;
  /** A `CloudfrontDistribution` of this stack with an empty `viewerCertificate: {}`. */
  readonly distribution: DeclaredDistribution;
  /** `vip` gives it addresses of its own, which costs a fee. @default "sni-only" */
  readonly sslSupportMethod?: "sni-only" | "vip";
  /** Security policy of CloudFront. @default "TLSv1.2_2021" */
  readonly minimumProtocolVersion?: string;
}

/**
 * Serves a certificate from a CloudFront distribution that is declared in the same stack. What a distribution made
 * elsewhere serves is part of one big configuration, of which terraform cannot own a piece; it is attached where it
 * is declared.
 *
 * @example
 * new DistributionAttachment(this, "website", { certificate, distribution });
 */
export class DistributionAttachment extends Construct {
  readonly certificate: ICertificate;

  constructor(scope: Construct, id: string, props: DistributionAttachmentProps) {
    super(scope, id);
    const { certificate, distribution } = props;
    this.certificate = certificate;
    this.checkDeclaredHere(distribution);
    if (Object.values(distribution.viewerCertificateInput ?? {}).some((value) => value !== undefined))
      throw mistakeIn(this, {
        what: `distribution ${distribution.node.path} has a viewer certificate already`,
        source: "CloudFront API reference, ViewerCertificate: a distribution has one",
        fix: "declare it with viewerCertificate: {}, or leave out the other attachment",
      });
    checkEdgeRegion(this, certificate, "CloudFront");
    checkAcceptedKey(this, certificate, cloudFrontKeys);
    const rule = "CloudFront developer guide, requirements for certificates, domain names";
    checkServedNames(this, distribution.aliasesInput ?? [], certificate, rule);
    distribution.putViewerCertificate({
      acmCertificateArn: certificate.certificateArn,
      sslSupportMethod: props.sslSupportMethod ?? "sni-only",
      minimumProtocolVersion: props.minimumProtocolVersion ?? "TLSv1.2_2021",
    });
  }

  private checkDeclaredHere(distribution: unknown): void {
    const isResource = TerraformResource.isTerraformResource(distribution);
    if (
      isResource &&
      "putViewerCertificate" in distribution &&
      TerraformStack.of(distribution) === TerraformStack.of(this)
    )
      return;
    throw mistakeIn(this, {
      what: isResource ? `${distribution.node.path} is no distribution of this stack` : "distribution is no resource",
      source: "CloudFront API reference, UpdateDistribution: a configuration is replaced as a whole",
      fix: "attach a CloudfrontDistribution in the stack that declares it",
    });
  }
}
