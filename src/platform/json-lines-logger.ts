/**
 * The log of a daemon: one JSON object per line with `level`, `time` (ISO 8601), the fields and `message`. Values of
 * fields whose name says that they are secret, and secrets that stand in any text, are masked.
 */
import pino from "pino";
import { AppError } from "./errors";
import type { LogFields, Logger, LogLevel, LogValue } from "./log";
import { isSecretName, redacted, Redactor } from "./redact";

export interface JsonLinesOptions {
  /** The least that is written. @default "info" */
  readonly level?: LogLevel;
  /** @default the system clock */
  readonly now?: () => Date;
  /** Knows texts to hide. @default one that knows none */
  readonly redactor?: Redactor;
}

/** `write` is given whole lines. */
export function jsonLinesLogger(write: (line: string) => void, options: JsonLinesOptions = {}): Logger {
  const { level = "info", now = () => new Date(), redactor = new Redactor() } = options;
  const lines = pino(
    {
      level,
      base: null,
      messageKey: "message",
      timestamp: () => `,"time":"${now().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  return {
    log: (at, message, fields = {}) => {
      if (lines.isLevelEnabled(at)) lines[at](masked(fields, redactor), redactor.text(message));
    },
  };
}

export interface LineSink {
  readonly write: (line: string) => void;
  /** Blocks until everything is written. */
  readonly flush: () => void;
}

/**
 * Standard output without ever waiting for its reader: lines go out as fast as they are taken, and what is left at the
 * end of the process is written then, whatever ends it short of a kill. A reader that takes nothing costs memory up to
 * 16 MiB; lines beyond are dropped, because DNS is worth more than its log.
 */
export function standardOutputLines(): LineSink {
  const stream = pino.destination({ dest: 1, sync: false, maxLength: 16 * 1024 * 1024 });
  // a reader that went away is no reason to stop
  stream.on("error", () => undefined);
  const flush = () => {
    try {
      stream.flushSync();
    } catch {
      // nobody is left to read it
    }
  };
  process.on("exit", flush);
  return { write: (line) => void stream.write(line), flush };
}

function masked(fields: LogFields, redactor: Redactor): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      isSecretName(name) && value !== undefined ? redacted : maskedValue(value, redactor),
    ]),
  );
}

function maskedValue(value: LogValue, redactor: Redactor): unknown {
  if (typeof value === "string") return redactor.text(value);
  if (value instanceof Error) return errorDocument(value, redactor);
  if (typeof value === "object") return value.map((text) => redactor.text(text));
  return value;
}

const deepestCause = 5;

/** What an error says, down its causes. Where it was thrown is told of errors that nobody foresaw. */
function errorDocument(error: Error, redactor: Redactor, depth = 0): unknown {
  const { name, message, stack, cause } = error;
  const isOurs = error instanceof AppError;
  return {
    name,
    ...(isOurs ? { code: error.code } : {}),
    message: redactor.text(message),
    ...(isOurs || depth > 0 || stack === undefined ? {} : { stack: redactor.text(stack) }),
    ...(cause === undefined || depth >= deepestCause ? {} : { cause: causeDocument(cause, redactor, depth + 1) }),
  };
}

function causeDocument(cause: unknown, redactor: Redactor, depth: number): unknown {
  return cause instanceof Error ? errorDocument(cause, redactor, depth) : redactor.text(String(cause));
}
