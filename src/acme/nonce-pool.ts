/**
 * Nonces that answers of one CA brought along and that no request has used yet (RFC 8555 6.5). The freshest goes first
 * and old ones fall out, since a CA forgets them after a while.
 */
export class NoncePool {
  private readonly nonces: string[] = [];

  constructor(private readonly capacity = 32) {}

  put(nonce: string): void {
    this.nonces.push(nonce);
    if (this.nonces.length > this.capacity) this.nonces.shift();
  }

  take(): string | undefined {
    return this.nonces.pop();
  }

  get size(): number {
    return this.nonces.length;
  }
}
