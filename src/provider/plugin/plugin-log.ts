import type { Clock } from "../../platform/clock";
import type { Logger, LogLevel } from "../../platform/log";

export interface PluginLogOptions {
  readonly write: (line: string) => void;
  readonly clock: Clock;
  /** Who speaks; shows in TF_LOG output. */
  readonly module: string;
  /** Lines below it are not written. @default everything: core filters by TF_LOG */
  readonly level?: LogLevel;
}

const order: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error"];

/**
 * One JSON object per line, as go-plugin reads them from stderr. The timestamp must have six fraction digits: with
 * three, core takes the whole line for plain text.
 */
export function createPluginLog({ write, clock, module, level = "trace" }: PluginLogOptions): Logger {
  const lowest = order.indexOf(level);
  return {
    log: (lineLevel, message, fields) => {
      if (order.indexOf(lineLevel) < lowest) return;
      const timestamp = clock.now().toISOString().replace(/Z$/, "000Z");
      write(
        JSON.stringify({
          ...fields,
          "@level": lineLevel,
          "@message": message,
          "@module": module,
          "@timestamp": timestamp,
        }) + "\n",
      );
    },
  };
}
