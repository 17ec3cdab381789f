interface Entry<T> {
  readonly item: T;
}

/**
 * What waits, by client: clients take turns, each client's own items go in order of arrival. A client that has just had
 * its turn is behind all others, so that one item never waits for more than one item of each other client.
 */
export class FairQueue<T> {
  /** In the order of their next turns: a map keeps the order of insertion. No list is empty. */
  private readonly clients = new Map<string, Entry<T>[]>();
  private total = 0;

  get size(): number {
    return this.total;
  }

  sizeOf(client: string): number {
    return this.clients.get(client)?.length ?? 0;
  }

  /** Puts an item at the end of its client's. What is returned takes it out again, if it is still there. */
  add(client: string, item: T): () => void {
    const entry = { item };
    const entries = this.clients.get(client);
    if (entries === undefined) this.clients.set(client, [entry]);
    else entries.push(entry);
    this.total++;
    return () => this.remove(client, entry);
  }

  /** The item whose turn it is, no longer in the queue; undefined if nothing waits. */
  take(): T | undefined {
    const next = this.clients.entries().next();
    if (next.done) return undefined;
    const [client, entries] = next.value;
    const entry = entries.shift();
    this.clients.delete(client);
    if (entries.length > 0) this.clients.set(client, entries);
    this.total--;
    return entry?.item;
  }

  private remove(client: string, entry: Entry<T>): void {
    const entries = this.clients.get(client) ?? [];
    const at = entries.indexOf(entry);
    if (at < 0) return;
    entries.splice(at, 1);
    if (entries.length === 0) this.clients.delete(client);
    this.total--;
  }
}
