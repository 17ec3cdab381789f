/** More than a queue gives back within the time that it hides what was received. */
const most = 100_000;

/** IDs that came lately, as many as fit: the oldest goes first. */
export class RecentIds {
  private readonly ids = new Set<string>();

  /** @default 100,000 */
  constructor(private readonly size = most) {}

  has(id: string): boolean {
    return this.ids.has(id);
  }

  add(id: string): void {
    this.ids.delete(id);
    this.ids.add(id);
    const [oldest] = this.ids;
    if (this.ids.size > this.size && oldest !== undefined) this.ids.delete(oldest);
  }
}
