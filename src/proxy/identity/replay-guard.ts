import { createHash } from "node:crypto";
import { systemClock, type Clock } from "../../platform/clock";

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
  private readonly seen = new Map<string, number>();

  /** `keepMs`: the clock window to both sides, and a margin. @default 70,000 */
  constructor(
    private readonly clock: Clock = systemClock,
    private readonly keepMs = 70_000,
  ) {}

  /** True the first time a write comes, false for a replay. */
  admit({ clientToken, signature, body }: SignedWrite): boolean {
    const now = this.clock.now().getTime();
    this.forget(now);
    const key = `${clientToken} ${signature} ${createHash("sha256").update(body).digest("base64")}`;
    if (this.seen.has(key)) return false;
    this.seen.set(key, now);
    return true;
  }

  /** A map keeps the order of insertion, so what is old comes first. */
  private forget(now: number): void {
    for (const [key, at] of this.seen) {
      if (now - at < this.keepMs) return;
      this.seen.delete(key);
    }
  }
}
