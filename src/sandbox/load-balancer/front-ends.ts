import { FrontEnd } from "./front-end";
import type { FrontEndAddress } from "./front-end-door";
import type { FrontEndFaults } from "./front-end-faults";
import type { ServedListener } from "./served-listener";

export type { FrontEndAddress };

export interface FrontEndsOptions {
  readonly random: () => number;
  readonly now: () => Date;
  /** Whether a front end starts only when it is opened, for estates with thousands of them. @default false */
  readonly onDemand?: boolean;
}

/** How changes reach the front ends; part of the faults of the emulated AWS. */
export interface Propagation {
  readonly propagationDelayMs: number;
  readonly nodesPerFrontEnd: number;
  readonly addressesPerFrontEnd: number;
}

interface RunningFrontEnd {
  readonly frontEnd: FrontEnd;
  readonly addresses: readonly FrontEndAddress[];
}

interface Closed {
  readonly served: ServedListener;
  readonly propagation: Propagation;
}

/** A TLS front end for every listener that has certificates; they come and go with the listeners. */
export class FrontEnds {
  private readonly running = new Map<string, Promise<RunningFrontEnd>>();
  private readonly addressesByArn = new Map<string, readonly FrontEndAddress[]>();
  private readonly unopened = new Map<string, Closed>();

  constructor(private readonly options: FrontEndsOptions) {}

  /** Starts or changes the front end of a listener; `undefined` stops it. */
  async serve(listenerArn: string, served: ServedListener | undefined, propagation: Propagation): Promise<void> {
    const known = this.running.get(listenerArn);
    if (served === undefined) return this.stop(listenerArn);
    if (known) return (await known).frontEnd.serve(served, propagation.propagationDelayMs);
    if (this.options.onDemand) this.unopened.set(listenerArn, { served, propagation });
    else await this.run(listenerArn, { served, propagation });
  }

  /** Where a listener answers, started now if that was left for later; empty if it has no TLS. */
  async open(listenerArn: string): Promise<readonly FrontEndAddress[]> {
    const waiting = this.unopened.get(listenerArn);
    this.unopened.delete(listenerArn);
    if (waiting) await this.run(listenerArn, waiting);
    return (await this.running.get(listenerArn))?.addresses ?? [];
  }

  /** The first address of a listener. */
  address(listenerArn: string): FrontEndAddress | undefined {
    return this.addressesByArn.get(listenerArn)?.[0];
  }

  /** Every listener that answers, with its first address. */
  all(): ReadonlyMap<string, FrontEndAddress> {
    return new Map(
      [...this.addressesByArn].flatMap(([arn, [first]]) => (first === undefined ? [] : [[arn, first] as const])),
    );
  }

  /** Every address of every listener that answers. */
  addresses(): ReadonlyMap<string, readonly FrontEndAddress[]> {
    return this.addressesByArn;
  }

  /** Puts a front end that runs out of order, or with `{}` in order again. */
  async setFaults(listenerArn: string, faults: FrontEndFaults): Promise<void> {
    const known = this.running.get(listenerArn);
    if (known === undefined) throw new Error(`no front end runs for ${listenerArn}`);
    await (await known).frontEnd.setFaults(faults);
  }

  async close(): Promise<void> {
    await Promise.all([...this.running.keys()].map((arn) => this.stop(arn)));
  }

  private async run(listenerArn: string, { served, propagation }: Closed): Promise<void> {
    const starting = this.start(served, propagation);
    this.running.set(listenerArn, starting);
    const { addresses } = await starting;
    // The listener may be gone by now.
    if (this.running.get(listenerArn) === starting) this.addressesByArn.set(listenerArn, addresses);
  }

  private async start(served: ServedListener, propagation: Propagation): Promise<RunningFrontEnd> {
    const { nodesPerFrontEnd: nodes, addressesPerFrontEnd: addresses } = propagation;
    const frontEnd = new FrontEnd(served, { ...this.options, nodes, addresses });
    return { frontEnd, addresses: await frontEnd.start() };
  }

  private async stop(listenerArn: string): Promise<void> {
    const known = this.running.get(listenerArn);
    this.running.delete(listenerArn);
    this.unopened.delete(listenerArn);
    this.addressesByArn.delete(listenerArn);
    await (await known)?.frontEnd.close();
  }
}
