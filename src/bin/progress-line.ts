import type { WriteStream } from "node:tty";

/** How often people read. */
const pauseMs = 100;

/** One line that is written over and over, on a terminal only: a log would keep every version. */
export class ProgressLine {
  private shownAt = 0;
  private isShown = false;

  constructor(private readonly stream: Pick<WriteStream, "isTTY" | "write">) {}

  show(text: string): void {
    const now = performance.now();
    if (!this.stream.isTTY || now - this.shownAt < pauseMs) return;
    this.shownAt = now;
    this.isShown = true;
    this.stream.write(`\r\u001b[K${text}`);
  }

  clear(): void {
    if (this.isShown) this.stream.write("\r\u001b[K");
    this.isShown = false;
  }
}
