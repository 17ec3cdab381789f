import { Construct, type IConstruct } from "constructs";
import type { ICertificate } from "./certificate";
import { LbListenerCertificate, type TerraformProvider, TerraformStack } from "./engine";
import { isUnknown } from "./is-unknown";
import { mistakeIn } from "./mistake";

/**
 * `default`: the certificate for clients whose name no other one covers, or who send none. `sni`: one more certificate,
 * chosen by name.
 */
export type AttachmentRole = "default" | "sni";

/** What is needed of a listener that is declared in code; `LbListener` of provider-aws is one. */
export interface DeclaredListener extends IConstruct {
  readonly arn: string;
  certificateArn: string;
  readonly certificateArnInput: string | undefined;
  readonly protocolInput: string | undefined;
  readonly regionInput: string | undefined;
  readonly provider?: TerraformProvider;
}

/** Attaches to a listener that is declared in code. */
export interface DeclaredListenerAttachmentProps {
  readonly certificate: ICertificate;
  readonly listener: DeclaredListener;
  /** @default "default" */
  readonly role?: AttachmentRole;
}

/** Attaches to a listener made elsewhere. */
export interface ImportedListenerAttachmentProps {
  readonly certificate: ICertificate;
  readonly listenerArn: string;
  readonly role: "sni";
}

export type ListenerAttachmentProps = DeclaredListenerAttachmentProps | ImportedListenerAttachmentProps;

/**
 * Serves a certificate from a listener of an Application or Network Load Balancer. Touches nothing but its own entry:
 * other certificates of the listener stay.
 *
 * @example
 * new ListenerAttachment(this, "https", { certificate, listener });
 */
export class ListenerAttachment extends Construct {
  constructor(scope: Construct, id: string, props: ListenerAttachmentProps) {
    super(scope, id);
    if ("listener" in props) this.attachToDeclared(props.certificate, props.listener, props.role ?? "default");
    else this.attachToImported(props.certificate, props.listenerArn);
  }

  private attachToDeclared(certificate: ICertificate, listener: DeclaredListener, role: AttachmentRole): void {
    this.checkProtocol(listener);
    this.checkRegions(certificate.region, listener.regionInput);
    switch (role) {
      case "default":
        return this.setDefault(certificate, listener);
      case "sni":
        return this.addToList(certificate, listener.arn, { region: listener.regionInput, provider: listener.provider });
    }
  }

  private attachToImported(certificate: ICertificate, listenerArn: string): void {
    if (!isUnknown(listenerArn)) {
      const region = /^arn:[\w-]+:elasticloadbalancing:([a-z0-9-]+):\d{12}:listener\/(?:app|net)\/.+$/.exec(
        listenerArn,
      )?.[1];
      if (region === undefined)
        throw mistakeIn(this, {
          what: `"${listenerArn}" is not the ARN of an ALB or NLB listener`,
          source: "AWS service authorization reference, Elastic Load Balancing V2 resource types",
          fix: "write arn:aws:elasticloadbalancing:<region>:<account>:listener/app/<name>/<id>/<id>",
        });
      this.checkRegions(certificate.region, region);
    }
    this.addToList(certificate, listenerArn);
  }

  private setDefault(certificate: ICertificate, listener: DeclaredListener): void {
    if (TerraformStack.of(listener) !== TerraformStack.of(this))
      throw mistakeIn(this, {
        what: `listener ${listener.node.path} belongs to another stack, which alone can set its default certificate`,
        source: "aws_lb_listener, certificate_arn",
        fix: "attach it in that stack, or attach here with role sni",
      });
    if (listener.certificateArnInput !== undefined)
      throw mistakeIn(this, {
        what: `listener ${listener.node.path} has a default certificate already`,
        source: "aws_lb_listener, certificate_arn: a listener has one default certificate",
        fix: "leave out its certificateArn, or attach with role sni",
      });
    listener.certificateArn = certificate.certificateArn;
  }

  private addToList(
    certificate: ICertificate,
    listenerArn: string,
    place: { readonly region?: string; readonly provider?: TerraformProvider } = {},
  ): void {
    new LbListenerCertificate(this, "Resource", {
      certificateArn: certificate.certificateArn,
      listenerArn,
      ...place,
      // A changed certificate replaces the entry: without this there is a moment in which none serves the name.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private checkProtocol({ node, protocolInput = "HTTP" }: DeclaredListener): void {
    if (isUnknown(protocolInput) || ["HTTPS", "TLS"].includes(protocolInput)) return;
    throw mistakeIn(this, {
      what: `listener ${node.path} speaks ${protocolInput}, which uses no certificate`,
      source: "Elastic Load Balancing API reference, CreateListener, Certificates",
      fix: "set its protocol to HTTPS (ALB) or TLS (NLB)",
    });
  }

  private checkRegions(certificate: string | undefined, listener: string | undefined): void {
    if (certificate === undefined || listener === undefined || certificate === listener) return;
    if (isUnknown(certificate) || isUnknown(listener)) return;
    throw mistakeIn(this, {
      what: `the certificate stands in ${certificate}, the listener in ${listener}`,
      source: "ACM user guide, supported Regions: a load balancer takes certificates of its own Region",
      fix: `declare the certificate with region "${listener}"`,
    });
  }
}
