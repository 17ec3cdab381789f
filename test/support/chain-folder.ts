/** A folder with a chain of two files, made and taken apart by tests. */
import { mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HashChain, type HashChainOptions } from "../../src/platform/hash-chain/hash-chain";

export class ChainFolder {
  readonly folder = mkdtempSync(join(tmpdir(), "chain-"));
  readonly file = join(this.folder, "chain.jsonl");
  readonly former = `${this.file}.1`;
  readonly head = `${this.file}.head`;
  readonly clock = { now: () => new Date("2026-01-02T03:04:05Z") };

  open(options: HashChainOptions = {}): Promise<HashChain> {
    return HashChain.open(this.file, { clock: this.clock, ...options });
  }

  /** Appends entries `{ n }`, then closes. */
  async append(...numbers: readonly number[]): Promise<void> {
    const chain = await this.open();
    await Promise.all(numbers.map((n) => chain.append({ n })));
    await chain.close();
  }

  moveAway(to = this.former): void {
    renameSync(this.file, to);
  }

  lines(file = this.file): string[] {
    return readFileSync(file, "utf8").split("\n").slice(0, -1);
  }

  /** The `n` of each line that is one. */
  numbers(file = this.file): number[] {
    return this.lines(file).flatMap((line) => {
      const n = /"n":(\d+),/.exec(line)?.[1];
      return n === undefined ? [] : [Number(n)];
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
