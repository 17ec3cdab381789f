import { createHash } from "node:crypto";
import { LocalReplayKeys } from "../coordination/local-replay-keys";
import type { ReplayKeys } from "../coordination/replay-keys";

export interface SignedWrite {
  readonly clientToken: string;
  readonly signature: string;
  readonly body: Uint8Array;
}

/**
 * Remembers signed writes for as long as their signature is good. A nonce proves nothing: acme.sh derives its own from
 * the clock's second, so honest requests share it, and two of its PUTs may differ in nothing but their body, which no
 * client signs. Hence a write is known by token, signature and body; reads are never refused.
 */
export class ReplayGuard {
  /** `keepMs`: the clock window to both sides, and a margin. @default 70,000 */
  constructor(
    private readonly keys: ReplayKeys = new LocalReplayKeys(),
    private readonly keepMs = 70_000,
  ) {}

  /** True the first time a write comes, false for a replay. Errors: `coordination_unavailable`. */
  admit({ clientToken, signature, body }: SignedWrite): Promise<boolean> {
    const bodyHash = createHash("sha256").update(body).digest("base64");
    return this.keys.admit(`${clientToken} ${signature} ${bodyHash}`, this.keepMs);
  }
}
