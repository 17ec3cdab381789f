/** Output of the demonstration: a line per step, a table at the end. */
export class Progress {
  private readonly startedAt = Date.now();

  constructor(private readonly write: (text: string) => void) {}

  get seconds(): number {
    return (Date.now() - this.startedAt) / 1000;
  }

  /** Runs a step and writes its line when it is done: time since the start, title, what came out of it. */
  async step<T>(title: string, run: () => Promise<T>, outcome: (result: T) => string = () => ""): Promise<T> {
    const result = await run();
    this.line("✓", title, outcome(result));
    return result;
  }

  table(rows: readonly (readonly [what: string, value: string, ok: boolean])[]): void {
    const width = Math.max(...rows.map(([what]) => what.length));
    this.write("\n");
    for (const [what, value, ok] of rows) this.write(`  ${ok ? "✓" : "✗"} ${what.padEnd(width)}  ${value}\n`);
    this.write("\n");
  }

  private line(mark: string, title: string, outcome: string): void {
    const time = `${this.seconds.toFixed(1)} s`.padStart(8);
    this.write(`${time}  ${mark} ${title}${outcome === "" ? "" : `: ${outcome}`}\n`);
  }
}
