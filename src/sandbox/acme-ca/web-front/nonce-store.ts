import { randomUUID } from "node:crypto";

/** Nonces that are out. Old ones are forgotten, as at a real CA, so that a client which hoards them meets badNonce. */
export class NonceStore {
  private readonly open = new Set<string>();

  constructor(private readonly capacity = 10_000) {}

  issue(): string {
    const nonce = randomUUID();
    this.open.add(nonce);
    const [oldest] = this.open.size > this.capacity ? this.open : [];
    if (oldest !== undefined) this.open.delete(oldest);
    return nonce;
  }

  /** Whether the nonce was open; it never is again. */
  redeem(nonce: string): boolean {
    return this.open.delete(nonce);
  }
}
