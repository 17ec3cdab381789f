import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "../../src/platform/errors";
import { shakeHands, type HandshakeTarget } from "../../src/rollout/shake-hands";

/** Shakes hands with a listener all the time: a new connection for each, verified, one server name after the other. */
export class Prober {
  handshakes = 0;
  readonly failures: string[] = [];
  /** Every serial seen, by server name, in the order of appearance. */
  readonly serials = new Map<string, Set<string>>();
  private running = true;
  private readonly done: Promise<void>;

  constructor(
    private readonly target: Omit<HandshakeTarget, "serverName">,
    private readonly serverNames: readonly string[],
    private readonly pauseMs = 100,
  ) {
    this.done = this.run();
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.done;
  }

  private async run(): Promise<void> {
    for (let round = 0; this.running; round++) {
      await this.probe(this.serverNames[round % this.serverNames.length] ?? "");
      await pause(this.pauseMs);
    }
  }

  private async probe(serverName: string): Promise<void> {
    this.handshakes++;
    try {
      const { serial } = await shakeHands({ ...this.target, serverName });
      const seen = this.serials.get(serverName) ?? new Set();
      this.serials.set(serverName, seen.add(serial));
    } catch (error) {
      this.failures.push(`${new Date().toISOString()} ${messageOf(error)}`);
    }
  }
}
