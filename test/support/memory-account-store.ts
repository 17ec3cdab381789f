import type { AccountStore } from "../../src/acme/account-store";

/** An account store for tests, whose text can be looked at and set. */
export class MemoryAccountStore implements AccountStore {
  readonly place = "memory";
  readOnly?: boolean;
  /** Every text ever written, in order. */
  readonly written: string[] = [];

  constructor(public text?: string) {}

  async get(): Promise<string | undefined> {
    return this.text;
  }

  async createIfAbsent(text: string): Promise<boolean> {
    if (this.text !== undefined) return false;
    this.write(text);
    return true;
  }

  async replace(text: string): Promise<void> {
    this.write(text);
  }

  private write(text: string): void {
    this.text = text;
    this.written.push(text);
  }
}
