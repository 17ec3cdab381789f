/** A value that readers of a list see only some time after it was set, as in an eventually consistent index. */
export class LaggingValue<T> {
  private readonly versions: { readonly value: T; readonly seenFrom: number }[] = [];

  /** What the list shows at this time; undefined before the first value is seen. */
  seen(now: Date): T | undefined {
    return this.versions.findLast((version) => version.seenFrom <= now.getTime())?.value;
  }

  set(value: T, now: Date, lagMs: number): void {
    this.versions.push({ value, seenFrom: now.getTime() + lagMs });
    if (this.versions.length > 16) this.versions.shift();
  }
}
