import type { Clock } from "../../platform/clock";
import { within } from "../../platform/deadline";
import { AppError, toAppError } from "../../platform/errors";
import type { DriftRun } from "../run/run-stacks";
import type { Channel } from "./channel";
import { groupOutcomes } from "./group-outcomes";
import type { Notice } from "./notice";
import { toNoticeDocument } from "./notice-document";
import type { NoticeFile } from "./notice-file";
import { newsOf, withTold, type NewsOptions, type TargetNotices } from "./told-notices";

/** Somebody who is told, and of what. */
export interface NotifyTarget extends Pick<NewsOptions, "on" | "repeatMs"> {
  readonly channel: Channel;
}

export interface TellRunOptions {
  readonly targets: readonly NotifyTarget[];
  readonly file: NoticeFile;
  readonly hideSecrets: (text: string) => string;
  readonly clock: Clock;
  /** Of all messages to one target. @default a minute */
  readonly timeLimitMs?: number;
  /** What was not told to a target, or to anybody; the next run tells it again. */
  readonly onFailure: (error: AppError, target?: string) => void;
}

/** What is left of more messages than this to one target comes with the next run. */
const mostMessages = 20;

const minuteMs = 60_000;

/**
 * Tells every target what is news to it. Nothing is thrown: a message that is not taken changes nothing about the run, is
 * said by `onFailure`, and is news to the next run as well.
 */
export async function tellRun(run: DriftRun, options: TellRunOptions): Promise<void> {
  const { targets, file, onFailure } = options;
  const groups = groupOutcomes(run, options.hideSecrets);
  const tellAll = async () => {
    for (const target of targets)
      try {
        await tell(run, groups, target, options);
      } catch (error) {
        onFailure(toAppError(error), target.channel.name);
      }
  };
  try {
    await file.locked(tellAll);
  } catch (error) {
    onFailure(toAppError(error));
  }
}

async function tell(run: DriftRun, groups: readonly Notice[], target: NotifyTarget, options: TellRunOptions) {
  const { file, clock, timeLimitMs = minuteMs, onFailure } = options;
  const { channel } = target;
  const before = await file.read(channel.name);
  const news = newsOf(groups, run, before, { ...target, now: clock.now() });
  let told = news.told;
  try {
    await within(undefined, timeLimitMs, async (signal) => {
      for (const notice of news.notices.slice(0, mostMessages))
        if (await sent(notice, signal)) told = withTold(told, notice, clock.now());
    });
  } finally {
    if (!isEqual(told, before)) await file.write(channel.name, told);
  }
  const left = news.notices.length - mostMessages;
  if (left > 0) onFailure(tooMany(left), channel.name);

  /** Where the other side is out of reach no further message is tried. */
  async function sent(notice: Notice, signal: AbortSignal): Promise<boolean> {
    try {
      await channel.send(toNoticeDocument(notice, run.startedAt), signal);
      return true;
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.retryable || error.code === "timeout" || signal.aborted) throw error;
      onFailure(error, channel.name);
      return false;
    }
  }
}

function tooMany(left: number): AppError {
  return new AppError("notification_failed", `${left} more messages are left to the next run`, {
    hint: "see the report of this run",
  });
}

function isEqual(one: TargetNotices, other: TargetNotices): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
