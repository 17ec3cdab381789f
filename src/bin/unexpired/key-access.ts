import { resolve } from "node:path";
import type { Command } from "commander";
import type * as Access from "../../aws/aws-access";
import { parseQueueUrl } from "../../aws/queue-place";
import { sleep, systemClock } from "../../platform/clock";
import { within } from "../../platform/deadline";
import type { AppError } from "../../platform/errors";
import { counted } from "../../platform/words";
import { collectEvents, type Collected } from "../../service-levels/key-access/collect-events";
import { EventStore } from "../../service-levels/key-access/event-store";
import { ownQueueState, writeQueueState } from "../../service-levels/key-access/queue-state";
import type { CommandManners } from "../command-manners";
import { ProgressLine } from "../progress-line";

interface CollectFlags {
  readonly queue: string;
  readonly to: string;
  readonly follow?: true;
}

/** Messages of one answer; what takes longer comes again anyway. */
const deleteLimitMs = 60_000;

export function addKeyAccess(program: Command, manners: CommandManners): void {
  program
    .command("key-access")
    .description("who used keys and secrets, by CloudTrail's events")
    .command("collect")
    .description(
      "bring events from a queue of Amazon SQS to a folder, for --cloudtrail of slo, metrics and drift-check serve",
    )
    .requiredOption(
      "--queue <url>",
      "where EventBridge or SNS sends them: https://sqs.REGION.amazonaws.com/ACCOUNT/NAME",
    )
    .requiredOption("--to <folder>", "where they go; one process at a time writes there")
    .option("--follow", "wait for more until SIGTERM or SIGINT (default: end when the queue is empty)")
    .action((flags: CollectFlags) => collect(flags, manners));
}

async function collect(flags: CollectFlags, manners: CommandManners): Promise<void> {
  const { queue: url, to } = flags;
  const follow = flags.follow ?? false;
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const place = parseQueueUrl(url, AWS_REGION || AWS_DEFAULT_REGION);
  const folder = resolve(to);
  const stopping = new AbortController();
  manners.onStopSignal(() => Promise.resolve(stopping.abort()));
  const store = await EventStore.open(folder, { clock: systemClock });
  const { AwsAccess } = module.require("../../aws/aws-access") as typeof Access;
  const access = new AwsAccess({ region: place.region });
  const queue = access.queue(place);
  const progress = new ProgressLine(process.stderr);
  const say = (line: string) => {
    progress.clear();
    manners.say(line);
  };
  try {
    const state = await ownQueueState(folder, place.url);
    if (follow) say(`reading ${place.url} to ${folder}; Ctrl-C ends it`);
    const collected = await collectEvents({
      ...{ name: place.url, store, follow, signal: stopping.signal, clock: systemClock, sleep },
      queue: {
        receive: (options) => queue.receive(options),
        delete: (messages) => within(undefined, deleteLimitMs, (signal) => queue.delete(messages, { signal })),
      },
      state,
      writeState: (state) => writeQueueState(folder, state),
      onUnreadable: (ids) =>
        say(`no events of CloudTrail, left in the queue: ${messages(ids.length)} ${ids.join(", ")}`),
      onTrouble: (error) => sayTrouble(error, say),
      onProgress: (soFar) => progress.show(told(soFar)),
    });
    say(told(collected) + (collected.hasMore ? "; there may be more: run it again, or --follow" : ""));
  } finally {
    progress.clear();
    access.close();
    await store.close();
  }
}

function sayTrouble({ code, message, hint }: AppError, say: (line: string) => void): void {
  say(`${message} [${code}]; trying again`);
  if (hint !== undefined) say(`hint: ${hint}`);
}

const messages = (count: number) => counted(count, "message", "messages");

function told({ events, messages: { kept, unreadable }, undeleted }: Collected): string {
  const parts = [
    `${counted(events, "event", "events")} kept, ${messages(kept)} deleted`,
    unreadable > 0 && `${unreadable} left that hold no event`,
    undeleted > 0 && `${undeleted} not deleted at once`,
  ];
  return parts.filter((part) => part !== false).join(", ");
}
