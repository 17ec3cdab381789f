import { Cron } from "croner";
import { AppError, messageOf } from "../../platform/errors";

/**
 * When runs are due: five fields as cron(5) has them, or six, with seconds in front. In a time zone with summer time an
 * hour that is left out or comes twice is treated as croner does: a fixed time runs once.
 */
export class Schedule {
  private readonly cron: Cron;

  /** `timeZone`: a name of the IANA's database, such as `Europe/Berlin`. Errors: `invalid_argument`. */
  constructor(
    readonly text: string,
    readonly timeZone = "UTC",
  ) {
    try {
      this.cron = new Cron(text, { timezone: timeZone, mode: "5-or-6-parts" });
      if (this.cron.nextRun() === null) throw new Error("it never comes about");
    } catch (error) {
      throw new AppError("invalid_argument", `${text} in ${timeZone} is no schedule: ${messageOf(error)}`, {
        hint: 'write minute, hour, day, month and weekday, such as "17 */6 * * *", and a time zone such as Europe/Berlin',
        cause: error,
      });
    }
  }

  /** The first moment after that one; undefined if there is none any more. */
  next(after: Date): Date | undefined {
    return this.cron.nextRun(after) ?? undefined;
  }

  /** The last moment before that one; undefined if there was none. */
  previous(before: Date): Date | undefined {
    return this.cron.previousRuns(1, before)[0];
  }
}
