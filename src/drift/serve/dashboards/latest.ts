/** The latest of what comes, so many at most. */
export class Latest<Item> {
  private all: Item[] = [];

  constructor(private readonly most: number) {}

  add(item: Item): void {
    this.all.push(item);
    // in one go, so that nothing is moved each time
    if (this.all.length >= 2 * this.most) this.all = this.all.slice(-this.most);
  }

  /** Latest first. */
  get items(): readonly Item[] {
    return this.all.slice(-this.most).reverse();
  }
}
