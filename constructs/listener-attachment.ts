import { Construct } from "constructs";
import { attachToClassic } from "./attach-to-classic";
import { regionOfAws } from "./bindings/aws-settings";
import { UnexpiredProvider } from "./bindings/unexpired-provider";
import { UnexpiredRollout } from "./bindings/unexpired-rollout";
import type { ICertificate } from "./certificate";
import { checkAcceptedKey, networkLoadBalancerKeys } from "./checks/check-accepted-key";
import { checkRegions } from "./checks/check-regions";
import {
  certificateKey,
  checkEntries,
  entriesOf,
  type ListenerEntries,
  sniCertificatesByDefault,
} from "./checks/listener-entries";
import { kindOf } from "./checks/listener-kind";
import { rolloutScope } from "./checks/rollout-scope";
import type { IClassicListener } from "./classic-listener";
import {
  dependable,
  LbListenerCertificate,
  type TerraformProvider,
  type TerraformResource,
  TerraformStack,
} from "./engine";
import { isUnknown } from "./is-unknown";
import type { DeclaredListener, IListener } from "./listener";
import { mistakeIn } from "./mistake";

/**
 * `default`: the certificate for clients whose name no other one covers, or who send none. `sni`: one more certificate,
 * chosen by name.
 */
export type AttachmentRole = "default" | "sni";

export interface ListenerAttachmentProps {
  readonly certificate: ICertificate;
  /** An `LbListener` of provider-aws, or one made elsewhere: `Listener.fromArn`, `ClassicListener`. */
  readonly listener: DeclaredListener | IListener | IClassicListener;
  /** `sni` is not for Classic Load Balancers, which serve one certificate per listener. @default "default" */
  readonly role?: AttachmentRole;
  /** Block of our provider to use, for a listener in another account. @default the stack's default block, made on demand */
  readonly provider?: UnexpiredProvider;
  /** Block of the AWS provider, for role `sni`. @default that of the listener, or the stack's default block */
  readonly awsProvider?: TerraformProvider;
  /** How many certificates the listener may have beside its default, where AWS raised that. @default 25 */
  readonly certificateQuota?: number;
}

/**
 * Serves a certificate from a listener of a load balancer. Touches nothing but its own entry: other certificates of the
 * listener stay. When the certificate's ARN changes, the new one is served before the old one is taken away.
 *
 * As the default of a listener that is declared in the same stack it sets the listener's certificate; of one made
 * elsewhere, an `unexpired_rollout` does. With role `sni` it is an `aws_lb_listener_certificate`.
 *
 * @example
 * new ListenerAttachment(this, "https", { certificate, listener });
 */
export class ListenerAttachment extends Construct {
  readonly certificate: ICertificate;
  readonly listener: ListenerAttachmentProps["listener"];

  constructor(scope: Construct, id: string, props: ListenerAttachmentProps) {
    super(scope, id);
    const { certificate, listener, role = "default" } = props;
    this.certificate = certificate;
    this.listener = listener;
    if ("loadBalancerName" in listener) attachToClassic(this, { ...props, listener });
    else if ("listenerArn" in listener) this.attachToImported(props, listener, role);
    else this.attachToDeclared(props, listener, role);
  }

  private attachToDeclared(props: ListenerAttachmentProps, listener: DeclaredListener, role: AttachmentRole): void {
    const { certificate } = props;
    const { arn, regionInput: region, provider } = listener;
    this.checkProtocol(listener);
    checkRegions(this, certificate, region ?? regionOfAws(listener, provider));
    const entries = this.entriesOn(listener, certificate);
    switch (role) {
      case "default":
        this.setDefault(certificate, listener);
        return this.rollOut(props, entries, arn, region);
      case "sni":
        return this.addToList({ awsProvider: provider, ...props }, entries, arn, region);
    }
  }

  private attachToImported(props: ListenerAttachmentProps, listener: IListener, role: AttachmentRole): void {
    const { listenerArn, region } = listener;
    checkRegions(this, props.certificate, region);
    const entries = this.entriesOn(listener, props.certificate, listenerArn);
    switch (role) {
      case "default":
        this.checkFree(entries);
        return this.rollOut(props, entries, listenerArn, region);
      case "sni":
        return this.addToList(props, entries, listenerArn, region);
    }
  }

  private entriesOn(listener: DeclaredListener | IListener, certificate: ICertificate, arn?: string): ListenerEntries {
    const kind = kindOf(listener);
    if (kind === "network") checkAcceptedKey(this, certificate, networkLoadBalancerKeys);
    return entriesOf(this, listener, { arn, kind });
  }

  private setDefault(certificate: ICertificate, listener: DeclaredListener): void {
    if (TerraformStack.of(listener) !== TerraformStack.of(this))
      throw mistakeIn(this, {
        what: `listener ${listener.node.path} belongs to another stack, which alone can set its default certificate`,
        source: "aws_lb_listener, certificate_arn",
        fix: "attach it in that stack, or attach here with role sni",
      });
    if (listener.certificateArnInput !== undefined) throw this.hasDefault(listener.node.path);
    listener.certificateArn = certificate.certificateArn;
  }

  private checkFree({ name, rollout }: ListenerEntries): void {
    if (rollout !== undefined) throw this.hasDefault(name);
  }

  private hasDefault(listener: string) {
    return mistakeIn(this, {
      what: `listener ${listener} has a default certificate already`,
      source: "aws_lb_listener, certificate_arn: a listener has one default certificate",
      fix: "leave out its certificateArn or the other attachment, or attach with role sni",
    });
  }

  private rollOut(
    props: ListenerAttachmentProps,
    entries: ListenerEntries,
    listenerArn: string,
    region?: string,
  ): void {
    const { certificate, listener, provider } = props;
    if (provider === undefined) UnexpiredProvider.ensureIn(this);
    const { certificateArn } = certificate;
    const scope = rolloutScope(this, listener);
    entries.rollout = new UnexpiredRollout(scope, "Rollout", { listenerArn, certificateArn, region, provider });
    for (const entry of entries.sni.values()) followRollout(entry, entries.rollout);
  }

  private addToList(
    props: ListenerAttachmentProps,
    entries: ListenerEntries,
    listenerArn: string,
    region?: string,
  ): void {
    const { certificate, awsProvider: provider, certificateQuota = sniCertificatesByDefault } = props;
    checkEntries(this, entries, certificate, certificateQuota);
    const entry = new LbListenerCertificate(this, "Resource", {
      certificateArn: certificate.certificateArn,
      listenerArn,
      region,
      provider,
      // A changed certificate replaces the entry: without this there is a moment in which none serves the name.
      lifecycle: { createBeforeDestroy: true },
    });
    entries.sni.set(certificateKey(certificate), entry);
    if (entries.rollout !== undefined) followRollout(entry, entries.rollout);
  }

  private checkProtocol({ node, protocolInput = "HTTP" }: DeclaredListener): void {
    if (isUnknown(protocolInput) || ["HTTPS", "TLS"].includes(protocolInput)) return;
    throw mistakeIn(this, {
      what: `listener ${node.path} speaks ${protocolInput}, which uses no certificate`,
      source: "Elastic Load Balancing API reference, CreateListener, Certificates",
      fix: "set its protocol to HTTPS (ALB) or TLS (NLB)",
    });
  }
}

/**
 * The rollout takes a former default out of the list; where that one is to be in the list from now on, its entry is made
 * afterwards.
 */
function followRollout(entry: TerraformResource, rollout: TerraformResource): void {
  entry.dependsOn = [...(entry.dependsOn ?? []), dependable(rollout)];
}
