import { AppError } from "../../../src/platform/errors";
import type { ServingTarget } from "../../../src/rollout/serving-target";

/** A listener as Elastic Load Balancing keeps it: a former default moves to the SNI list. */
export class MemoryTarget implements ServingTarget {
  readonly name = "listener";
  readonly calls: string[] = [];
  /** Certificates that load balancers do not see yet, and how many more times they will not. */
  readonly unseen = new Map<string, number>();
  /** How many answers from now on are as things were before the last change. */
  lag = 0;
  private shown: { defaultArn?: string; sniArns: readonly string[] };

  constructor(
    public defaultArn: string | undefined,
    public sniArns: string[] = [],
  ) {
    this.shown = { defaultArn, sniArns };
  }

  async served() {
    this.calls.push("served");
    if (this.lag-- > 0) return this.shown;
    this.shown = { defaultArn: this.defaultArn, sniArns: [...this.sniArns] };
    return this.shown;
  }

  async setDefault(arn: string) {
    this.calls.push(`setDefault ${arn}`);
    this.see(arn);
    const former = this.defaultArn;
    if (former !== undefined && former !== arn && !this.sniArns.includes(former)) this.sniArns.push(former);
    this.defaultArn = arn;
  }

  async addSni(arn: string) {
    this.calls.push(`addSni ${arn}`);
    this.see(arn);
    if (!this.sniArns.includes(arn)) this.sniArns.push(arn);
  }

  async removeSni(arn: string) {
    this.calls.push(`removeSni ${arn}`);
    this.sniArns = this.sniArns.filter((each) => each !== arn);
  }

  private see(arn: string): void {
    const left = this.unseen.get(arn) ?? 0;
    if (left === 0) return;
    this.unseen.set(arn, left - 1);
    throw new AppError("aws_not_found", `${arn} was not found`, { facts: { error: "CertificateNotFoundException" } });
  }
}
