import { parseArn } from "../../aws/arn";
import type { AwsAccess } from "../../aws/aws-access";
import { AppError } from "../../platform/errors";
import type { Reachable } from "../../rollout/addresses-of";
import type { HeldResource } from "../plan/plan";
import type { AttachedAt } from "./attachments-held";

/** Where clients connect to: as the stack's own state tells, else as AWS does. */
export class ListenerFinder {
  private readonly balancers = new Map<string, Promise<Map<string, string>>>();

  constructor(
    private readonly held: readonly HeldResource[],
    /** Made when the state does not tell. */
    private readonly access: (region: string) => AwsAccess,
  ) {}

  /** Errors: `aws_not_found` for what is gone, and those of AWS. */
  async find(at: AttachedAt, certificateArn: string, signal: AbortSignal): Promise<Reachable> {
    switch (at.kind) {
      case "edge":
        return { hostName: at.hostName, names: at.names, port: 443 };
      case "classic": {
        const hostName = await this.classicHost(at.loadBalancerName, parseArn(certificateArn).region, signal);
        return { hostName, names: [], port: at.port };
      }
      case "listener": {
        const { balancerArn, port } = await this.listener(at.arn, signal);
        return { hostName: await this.balancerHost(balancerArn, signal), names: [], port };
      }
    }
  }

  private async listener(arn: string, signal: AbortSignal): Promise<{ balancerArn: string; port: number }> {
    const own = this.held.find(({ type, values }) => /^aws_a?lb_listener$/.test(type) && values.arn === arn);
    if (own !== undefined) return { balancerArn: String(own.values.load_balancer_arn), port: Number(own.values.port) };
    const { region } = parseArn(arn);
    const [found] = await this.access(region)
      .loadBalancers(region)
      .describeListeners({ listenerArns: [arn] }, { signal });
    if (found?.port === undefined) throw gone(arn);
    return { balancerArn: found.loadBalancerArn, port: found.port };
  }

  private async balancerHost(arn: string, signal: AbortSignal): Promise<string> {
    const own = this.held.find(({ type, values }) => /^aws_a?lb$/.test(type) && values.arn === arn);
    if (own !== undefined) return String(own.values.dns_name);
    const { region } = parseArn(arn);
    const known = this.balancers.get(region) ?? this.hostsOf(region, signal);
    this.balancers.set(region, known);
    const host = (await known).get(arn);
    if (host === undefined) throw gone(arn);
    return host;
  }

  private async hostsOf(region: string, signal: AbortSignal): Promise<Map<string, string>> {
    const all = await this.access(region).loadBalancers(region).listAll({ signal });
    return new Map(all.map(({ arn, dnsName }) => [arn, dnsName]));
  }

  private async classicHost(name: string, region: string, signal: AbortSignal): Promise<string> {
    const own = this.held.find(({ type, values }) => type === "aws_elb" && values.name === name);
    if (own !== undefined) return String(own.values.dns_name);
    const { DNSName: host } = await this.access(region).classicLoadBalancers(region).describe(name, { signal });
    if (host === undefined) throw gone(name);
    return host;
  }
}

function gone(name: string): AppError {
  return new AppError("aws_not_found", `${name} is not there`, { hint: "plan again" });
}
