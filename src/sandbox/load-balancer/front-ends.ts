import { FrontEnd, type FrontEndAddress } from "./front-end";
import type { ServedListener } from "./served-listener";

export type { FrontEndAddress };

export interface FrontEndsOptions {
  readonly random: () => number;
  readonly now: () => Date;
}

/** How changes reach the front ends; part of the faults of the emulated AWS. */
export interface Propagation {
  readonly propagationDelayMs: number;
  readonly nodesPerFrontEnd: number;
}

interface RunningFrontEnd {
  readonly frontEnd: FrontEnd;
  readonly address: FrontEndAddress;
}

/** A TLS front end for every listener that has certificates; they come and go with the listeners. */
export class FrontEnds {
  private readonly running = new Map<string, Promise<RunningFrontEnd>>();
  private readonly addresses = new Map<string, FrontEndAddress>();

  constructor(private readonly options: FrontEndsOptions) {}

  /** Starts or changes the front end of a listener; `undefined` stops it. */
  async serve(listenerArn: string, served: ServedListener | undefined, propagation: Propagation): Promise<void> {
    const known = this.running.get(listenerArn);
    if (served === undefined) return this.stop(listenerArn);
    if (known) return (await known).frontEnd.serve(served, propagation.propagationDelayMs);
    const starting = this.start(served, propagation.nodesPerFrontEnd);
    this.running.set(listenerArn, starting);
    const { address } = await starting;
    // The listener may be gone by now.
    if (this.running.get(listenerArn) === starting) this.addresses.set(listenerArn, address);
  }

  address(listenerArn: string): FrontEndAddress | undefined {
    return this.addresses.get(listenerArn);
  }

  /** Every listener that answers, with its address. */
  all(): ReadonlyMap<string, FrontEndAddress> {
    return this.addresses;
  }

  async close(): Promise<void> {
    await Promise.all([...this.running.keys()].map((arn) => this.stop(arn)));
  }

  private async start(served: ServedListener, nodes: number): Promise<RunningFrontEnd> {
    const frontEnd = new FrontEnd(served, { ...this.options, nodes });
    return { frontEnd, address: await frontEnd.start() };
  }

  private async stop(listenerArn: string): Promise<void> {
    const known = this.running.get(listenerArn);
    this.running.delete(listenerArn);
    this.addresses.delete(listenerArn);
    await (await known)?.frontEnd.close();
  }
}
