/**
 * Manners that all commands share. Output for people goes to standard error, short and lower case; what a program may
 * want goes to standard output. Exit codes: 0 done, 1 failed, 64 usage.
 */
import { CommanderError, type Command } from "commander";
import { AppError, messageOf, toAppError } from "../platform/errors";
import { UsageMistake } from "./from-command-line";
import { trustExtraAuthorities } from "./trust-extra-authorities";

const usageError = 64;

export class CommandManners {
  constructor(private readonly name: string) {}

  /** One line for people. */
  say(line: string): void {
    process.stderr.write(`${this.name}: ${line}\n`);
  }

  /** Tells what went wrong, by its code as well (docs/reference/errors.md), and sets the exit code. */
  fail(thrown: unknown): void {
    if (thrown instanceof CommanderError) {
      process.exitCode = thrown.exitCode === 0 ? 0 : usageError;
      return;
    }
    const isUsage = thrown instanceof UsageMistake;
    const error = isUsage ? thrown.mistake : toAppError(thrown);
    // A file may have several mistakes, each with its line.
    for (const line of error.message.split("\n")) this.say(`${line} [${error.code}]`);
    if (error.hint !== undefined) this.say(`hint: ${error.hint}`);
    process.exitCode = isUsage ? usageError : 1;
  }

  /** Calls `stop` at the first SIGTERM or SIGINT; further ones change nothing. */
  onStopSignal(stop: (signal: NodeJS.Signals) => Promise<void>): void {
    let isStopping = false;
    const once = (signal: NodeJS.Signals) => {
      if (isStopping) return;
      isStopping = true;
      stop(signal).catch((error: unknown) => this.fail(error));
    };
    process.on("SIGTERM", once);
    process.on("SIGINT", once);
  }

  /**
   * A reader that has enough, such as `head`, ends no work: what is under way is more than its report, and the exit code
   * says what came of it. What cannot be written for another reason, such as a full disk, is told.
   */
  private outliveReaders(): void {
    process.stderr.on("error", () => undefined);
    process.stdout.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED") return;
      const hint = "send it where there is room";
      this.fail(new AppError("store_unwritable", `cannot write to standard output: ${messageOf(error)}`, { hint }));
      // The work goes on and may set its own.
      process.once("exit", () => (process.exitCode = 1));
    });
  }

  /** Parses the command line and runs what it asks for. */
  run(program: Command): void {
    this.outliveReaders();
    // For which Node the AWS SDK's next versions are is news for us, who lock its version, and not for who runs this.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
    trustExtraAuthorities({ log: (level, message) => this.say(`${level}: ${message}`) });
    program.parseAsync().catch((error: unknown) => this.fail(error));
  }
}
