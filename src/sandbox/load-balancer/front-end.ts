import { FrontEndDoor, type FrontEndAddress } from "./front-end-door";
import { disturbed, type FrontEndFaults } from "./front-end-faults";
import type { ServedListener } from "./served-listener";

export interface FrontEndOptions {
  readonly random: () => number;
  readonly now: () => Date;
  /** At each address. */
  readonly nodes: number;
  /** 127.0.0.1, 127.0.0.2 …, all with one port, as a load balancer has one in each availability zone. */
  readonly addresses: number;
}

/** Tries until a port is found that is free at every address. */
const portTries = 20;

/** The TLS side of one listener. */
export class FrontEnd {
  private readonly doors: readonly FrontEndDoor[];
  private readonly pending = new Set<NodeJS.Timeout>();
  private faults: FrontEndFaults = {};
  private addresses: readonly FrontEndAddress[] = [];

  constructor(
    private served: ServedListener,
    private readonly options: FrontEndOptions,
  ) {
    this.doors = Array.from(
      { length: Math.max(1, options.addresses) },
      (_, index) => new FrontEndDoor(served, { ...options, host: `127.0.0.${index + 1}` }),
    );
  }

  async start(): Promise<readonly FrontEndAddress[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.addresses = await this.openAll();
        return this.addresses;
      } catch (error) {
        await Promise.all(this.doors.map((door) => door.close()));
        if (attempt === portTries) throw error;
      }
    }
  }

  /** Reaches the nodes one after the other, the last one after this delay. */
  serve(served: ServedListener, delayMs: number): void {
    this.served = served;
    // What is still under way is older; it must not come after a change that takes no time.
    if (delayMs === 0) this.forgetPending();
    const shown = disturbed(served, this.faults);
    const { laggingAddresses = [] } = this.faults;
    const nodes = this.doors.flatMap((door, index) => (laggingAddresses.includes(index) ? [] : door.nodes));
    nodes.forEach((node, index) => {
      const after = (delayMs * (index + 1)) / nodes.length;
      if (after === 0) {
        node.serve(shown);
        return;
      }
      const timer = setTimeout(() => {
        this.pending.delete(timer);
        node.serve(shown);
      }, after);
      this.pending.add(timer);
    });
  }

  /** In force at once; what was wrong before and is not named any more is well again. */
  async setFaults(faults: FrontEndFaults): Promise<void> {
    const { closedAddresses: closed = [] } = faults;
    const { closedAddresses: closedBefore = [] } = this.faults;
    this.faults = faults;
    this.serve(this.served, 0);
    const opened = closedBefore.filter((index) => !closed.includes(index));
    await Promise.all([
      ...closed.map((index) => this.doors[index]?.close()),
      ...opened.map((index) => this.doors[index]?.open(this.addresses[index]?.port ?? 0)),
    ]);
  }

  async close(): Promise<void> {
    this.forgetPending();
    await Promise.all(this.doors.map((door) => door.close()));
  }

  private async openAll(): Promise<readonly FrontEndAddress[]> {
    const addresses: FrontEndAddress[] = [];
    for (const door of this.doors) addresses.push(await door.open(addresses[0]?.port ?? 0));
    return addresses;
  }

  private forgetPending(): void {
    for (const timer of this.pending) clearTimeout(timer);
    this.pending.clear();
  }
}
