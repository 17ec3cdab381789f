import type { IncomingMessage } from "node:http";
import { finished } from "node:stream/promises";
import { within } from "../../platform/deadline";

/** So much of a refused body is read, in octets. */
const maxDiscarded = 1_048_576;

/** And for so long, in milliseconds. */
const patienceMs = 2_000;

/**
 * Reads and forgets what the client of a refused request still sends. A connection that is closed with octets unread is
 * reset, and a reset can take the answer away before the client has read it (RFC 9112 9.6).
 */
export async function discardBody(request: IncomingMessage): Promise<void> {
  let discarded = 0;
  await within(undefined, patienceMs, async (signal) => {
    const enough = new Promise<void>((resolve) => {
      request.on("data", (octets: Buffer) => {
        discarded += octets.length;
        if (discarded > maxDiscarded) resolve();
      });
    });
    // a client that hangs up, or takes too long, is answered all the same
    await Promise.race([enough, finished(request, { signal, writable: false }).catch(() => undefined)]);
  });
}
