/**
 * A listener of the emulated AWS whose front end is nginx: a process for each address, reloaded whenever the listener
 * has changed, as an operator's agent does it, some time after AWS has answered.
 */
import type { AwsRegion } from "../../src/sandbox/aws/aws-region";
import type { FrontEndAddress } from "../../src/sandbox/load-balancer/front-end-door";
import { disturbed, type FrontEndFaults } from "../../src/sandbox/load-balancer/front-end-faults";
import type { ServedListener } from "../../src/sandbox/load-balancer/served-listener";
import { NginxFrontEnd } from "./nginx-front-end";

const lookEveryMs = 50;

export class NginxListener {
  private readonly timer: NodeJS.Timeout;
  private faults: FrontEndFaults = {};

  private constructor(
    private readonly region: AwsRegion,
    readonly arn: string,
    private readonly processes: readonly NginxFrontEnd[],
    private shown: ServedListener,
  ) {
    this.timer = setInterval(() => this.follow(), lookEveryMs);
  }

  static async start(region: AwsRegion, arn: string, addresses = 1): Promise<NginxListener> {
    const served = region.served(arn);
    if (served === undefined) throw new Error(`${arn} has no TLS`);
    const processes: NginxFrontEnd[] = [];
    for (let place = 0; place < addresses; place++) processes.push(await NginxFrontEnd.start(served));
    return new NginxListener(region, arn, processes, served);
  }

  get addresses(): readonly FrontEndAddress[] {
    return this.processes.map(({ address }) => address);
  }

  /** In force with the next reload, which is now; addresses that lag behind are not reloaded. */
  setFaults(faults: FrontEndFaults): void {
    this.faults = faults;
    this.reload();
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.processes.map((process) => process.close()));
  }

  private follow(): void {
    const now = this.region.served(this.arn);
    if (now === undefined || isSame(now, this.shown)) return;
    this.shown = now;
    this.reload();
  }

  private reload(): void {
    const { laggingAddresses = [] } = this.faults;
    const served = disturbed(this.shown, this.faults);
    for (const [place, process] of this.processes.entries())
      if (!laggingAddresses.includes(place)) process.serve(served);
  }
}

function isSame(one: ServedListener, other: ServedListener): boolean {
  const all = ({ defaultCertificate, sniCertificates }: ServedListener) => [defaultCertificate, ...sniCertificates];
  return all(one).length === all(other).length && all(one).every((each, place) => each === all(other)[place]);
}
