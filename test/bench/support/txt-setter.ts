import { Agent, request } from "node:http";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { TxtChange } from "./sandbox-program";

/** Writes TXT values past Edge DNS, at the sandbox's own door: what is measured is ACME, not Akamai. */
export class TxtSetter {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(private readonly url: string) {}

  /** An empty list removes the set. */
  async set(change: TxtChange): Promise<void> {
    const sent = request(this.url, { method: "POST", agent: this.agent }).end(JSON.stringify(change));
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    await once(answer.resume(), "end");
  }
}
