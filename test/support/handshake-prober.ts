/** Visits a front end all the time, as clients do, and remembers what they got. */
import { setTimeout as pause } from "node:timers/promises";
import { shakeHands } from "../../src/rollout/shake-hands";
import type { FrontEndAddress } from "../../src/sandbox/load-balancer/front-end-door";

export interface ProbedPlace extends FrontEndAddress {
  /** @default none is sent */
  readonly serverName?: string;
}

export interface Probed {
  /** Handshakes that a client took; it checks chain, dates and, where it sent one, the name. */
  readonly good: number;
  readonly failures: readonly string[];
  /** Of leaves, in the order they were first seen. */
  readonly serials: readonly string[];
}

const everyMs = 50;

/** Five minutes at the least. */
const mostVisits = 6_000;

export class HandshakeProber {
  private stopped = false;
  private readonly visiting: Promise<Probed>;

  /**
   * Begins at once: one place after the other, then from the first one again.
   * @param ca PEM of the roots that clients trust
   */
  constructor(places: readonly ProbedPlace[], ca: string) {
    this.visiting = this.visit(places, ca);
  }

  stop(): Promise<Probed> {
    this.stopped = true;
    return this.visiting;
  }

  private async visit(places: readonly ProbedPlace[], ca: string): Promise<Probed> {
    const failures: string[] = [];
    const serials = new Set<string>();
    let good = 0;
    for (let visit = 0; visit < mostVisits && !this.stopped; visit++) {
      const place = places[visit % places.length];
      if (place === undefined) break;
      try {
        serials.add((await shakeHands({ ...place, ca })).serial);
        good++;
      } catch (error) {
        failures.push((error as Error).message);
      }
      await pause(everyMs);
    }
    return { good, failures, serials: [...serials] };
  }
}
