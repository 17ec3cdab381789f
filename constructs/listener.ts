import { Construct, type IConstruct } from "constructs";
import type { TerraformProvider } from "./engine";
import { isUnknown } from "./is-unknown";
import { mistakeIn } from "./mistake";

/** A listener of an Application or Network Load Balancer that something else keeps. */
export interface IListener extends IConstruct {
  readonly listenerArn: string;
  /** Where it is known at synthesis. */
  readonly region?: string;
}

/** What is needed of a listener that is declared in code; `LbListener` of provider-aws is one. */
export interface DeclaredListener extends IConstruct {
  readonly arn: string;
  certificateArn: string;
  readonly certificateArnInput: string | undefined;
  readonly protocolInput: string | undefined;
  readonly regionInput: string | undefined;
  readonly provider?: TerraformProvider;
}

/**
 * A listener made elsewhere. Nothing here changes anything of it but the certificates that are attached.
 *
 * @example
 * const listener = Listener.fromArn(
 *   this,
 *   "shared",
 *   "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2",
 * );
 * new ListenerAttachment(this, "https", { certificate, listener, role: "sni" });
 */
export class Listener extends Construct implements IListener {
  /** The listener of an Application or Network Load Balancer, by its ARN. */
  static fromArn(scope: Construct, id: string, listenerArn: string): IListener {
    return new Listener(scope, id, listenerArn);
  }

  readonly region?: string;

  private constructor(
    scope: Construct,
    id: string,
    readonly listenerArn: string,
  ) {
    super(scope, id);
    if (isUnknown(listenerArn)) return;
    this.region = arnPattern.exec(listenerArn)?.[1];
    if (this.region === undefined)
      throw mistakeIn(this, {
        what: `"${listenerArn}" is not the ARN of an ALB or NLB listener`,
        source: "AWS service authorization reference, Elastic Load Balancing V2 resource types",
        fix: "write arn:aws:elasticloadbalancing:<region>:<account>:listener/app/<name>/<id>/<id>",
      });
  }
}

const arnPattern = /^arn:[\w-]+:elasticloadbalancing:([a-z0-9-]+):\d{12}:listener\/(?:app|net)\/.+$/;
