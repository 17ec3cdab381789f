/** Structured progress: what happened, and facts about it that a program can read. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";

export const logLevels: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error"];

export type LogValue = string | number | boolean | readonly string[] | Error | undefined;

/** Fields never hold a secret. A logger that masks (json-lines-logger.ts) is the second line of defence, not the first. */
export type LogFields = Readonly<Record<string, LogValue>>;

export interface Logger {
  log(level: LogLevel, message: string, fields?: LogFields): void;
}

export const silentLogger: Logger = { log: () => undefined };
