/** Structured progress. Fields never hold a secret: there is no masking step behind this interface. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";

export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface Logger {
  log(level: LogLevel, message: string, fields?: LogFields): void;
}

export const silentLogger: Logger = { log: () => undefined };

/** One JSON object per line, for daemons. */
export function jsonLinesLogger(write: (line: string) => void, now: () => Date = () => new Date()): Logger {
  return {
    log: (level, message, fields) =>
      write(JSON.stringify({ time: now().toISOString(), level, message, ...fields }) + "\n"),
  };
}
