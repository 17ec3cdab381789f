import type { Clock } from "../../platform/clock";
import { logLevels, type Logger, type LogLevel } from "../../platform/log";

export interface PluginLogOptions {
  readonly write: (line: string) => void;
  readonly clock: Clock;
  /** Who speaks; shows in TF_LOG output. */
  readonly module: string;
  /** Lines below it are not written. @default everything: core filters by TF_LOG */
  readonly level?: LogLevel;
}

/**
 * One JSON object per line, as go-plugin reads them from stderr. The timestamp must have six fraction digits: with
 * three, core takes the whole line for plain text.
 */
export function createPluginLog({ write, clock, module, level = "trace" }: PluginLogOptions): Logger {
  const lowest = logLevels.indexOf(level);
  return {
    log: (lineLevel, message, fields) => {
      if (logLevels.indexOf(lineLevel) < lowest) return;
      const timestamp = clock.now().toISOString().replace(/Z$/, "000Z");
      write(
        JSON.stringify(
          { ...fields, "@level": lineLevel, "@message": message, "@module": module, "@timestamp": timestamp },
          (_, value: unknown) => (value instanceof Error ? value.message : value),
        ) + "\n",
      );
    },
  };
}
