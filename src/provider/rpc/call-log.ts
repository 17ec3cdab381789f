import type { LogFields, Logger } from "../../platform/log";

/** A logger that adds the fields to every line. */
export function withFields(logger: Logger, fields: LogFields): Logger {
  return { log: (level, message, more) => logger.log(level, message, { ...fields, ...more }) };
}
