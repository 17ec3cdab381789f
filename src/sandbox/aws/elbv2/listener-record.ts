import { AwsError } from "../aws-error";
import { optionalText, record, records, type Input } from "../input";
import type { LoadBalancerRecord } from "./load-balancer-record";

export interface ListenerSettings {
  readonly protocol: string;
  readonly port: number;
  readonly sslPolicy?: string;
  readonly alpnPolicy: readonly string[];
  readonly defaultCertificateArn?: string;
  readonly defaultActions: readonly Input[];
}

/** What an HTTP client gets from the front end. */
export interface FixedResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const protocols = {
  application: ["HTTP", "HTTPS"],
  network: ["TCP", "TLS", "UDP", "TCP_UDP"],
} as const;

const secure = ["HTTPS", "TLS"];

/** One listener, with the rules for its certificates (elbv2 API reference; ALB user guide, "SSL certificates"). */
export class ListenerRecord {
  readonly tags = new Map<string, string>();
  readonly attributes = new Map<string, string>();
  private current: ListenerSettings;
  private sni: readonly string[] = [];

  constructor(
    readonly arn: string,
    readonly loadBalancer: LoadBalancerRecord,
    settings: ListenerSettings,
  ) {
    this.current = settings;
  }

  get settings(): ListenerSettings {
    return this.current;
  }

  get defaultCertificateArn(): string | undefined {
    return this.current.defaultCertificateArn;
  }

  /** In the order they were added; the default is in it only if it was added here as well. */
  get sniCertificateArns(): readonly string[] {
    return this.sni;
  }

  /** All that it uses. */
  certificateArns(): readonly string[] {
    return [...new Set([...(this.defaultCertificateArn ? [this.defaultCertificateArn] : []), ...this.sni])];
  }

  uses(certificateArn: string): boolean {
    return this.defaultCertificateArn === certificateArn || this.sni.includes(certificateArn);
  }

  targetGroupArns(): readonly string[] {
    return this.current.defaultActions.flatMap((action) => [
      ...(optionalText(action, "TargetGroupArn") === undefined ? [] : [optionalText(action, "TargetGroupArn") ?? ""]),
      ...records(record(action, "ForwardConfig"), "TargetGroups").map(
        (one) => optionalText(one, "TargetGroupArn") ?? "",
      ),
    ]);
  }

  /**
   * A default that is replaced stays in the SNI list, where clients that send its name keep getting it
   * (hashicorp/terraform-provider-aws issues 8620 and 25652).
   */
  modify(changes: Partial<ListenerSettings>): void {
    const old = this.defaultCertificateArn;
    this.current = { ...this.current, ...changes };
    const isSecure = secure.includes(this.current.protocol);
    if (!isSecure) this.sni = [];
    else if (old !== undefined && old !== this.defaultCertificateArn && !this.sni.includes(old))
      this.sni = [...this.sni, old];
  }

  /** Done as well if it is there already. */
  addSni(certificateArn: string, quota: number): void {
    if (!secure.includes(this.current.protocol))
      throw new AwsError("ValidationError", `A certificate cannot be added to a ${this.current.protocol} listener`);
    if (this.sni.includes(certificateArn)) return;
    if (this.sni.length >= quota)
      throw new AwsError("TooManyCertificates", `The listener has ${quota} certificates beside the default already`);
    this.sni = [...this.sni, certificateArn];
  }

  removeSni(certificateArn: string): void {
    if (!this.sni.includes(certificateArn) && certificateArn === this.defaultCertificateArn)
      throw new AwsError("OperationNotPermitted", "The default certificate of a listener cannot be removed");
    this.sni = this.sni.filter((arn) => arn !== certificateArn);
  }

  check(): void {
    const { protocol, defaultCertificateArn, defaultActions } = this.current;
    const allowed: readonly string[] = protocols[this.loadBalancer.type];
    if (!allowed.includes(protocol))
      throw new AwsError("UnsupportedProtocol", `Protocol ${protocol} is not supported by this load balancer`);
    if (secure.includes(protocol) && defaultCertificateArn === undefined)
      throw new AwsError("ValidationError", `A certificate must be specified for ${protocol} listeners`);
    if (!secure.includes(protocol) && defaultCertificateArn !== undefined)
      throw new AwsError("ValidationError", `A certificate cannot be specified for ${protocol} listeners`);
    if (defaultActions.length === 0) throw new AwsError("ValidationError", "A listener needs a default action");
  }

  fixedResponse(): FixedResponse | undefined {
    const action = this.current.defaultActions.find((each) => each.Type === "fixed-response");
    if (action === undefined) return undefined;
    const config = record(action, "FixedResponseConfig");
    return {
      status: Number(optionalText(config, "StatusCode") ?? "200"),
      contentType: optionalText(config, "ContentType") ?? "text/plain",
      body: optionalText(config, "MessageBody") ?? "",
    };
  }
}
