/** How the reading of a queue stands, beside the events that came of it: who reads these must know whether there is more. */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { AppError, messageOf } from "../../platform/errors";
import { writePrivateFile } from "../../platform/private-file";

/** What became of messages. `kept`: on disk, and deleted; `unreadable`: no events of CloudTrail, and left in the queue. */
export const messageOutcomes = ["kept", "unreadable"] as const;
export type MessageOutcome = (typeof messageOutcomes)[number];

const stateShape = z.object({
  version: z.literal(1),
  queue: z.string(),
  readAt: z.optional(z.iso.datetime()),
  messages: z.object({ kept: z.number(), unreadable: z.number() }),
});

export interface QueueState {
  /** Its URL. */
  readonly queue: string;
  /** When it was asked for messages with success the last time; undefined: never. */
  readonly readAt?: Date;
  /** Since the folder was begun. */
  readonly messages: Readonly<Record<MessageOutcome, number>>;
}

/** CloudTrail's files end otherwise: it is not taken for events. */
const fileIn = (folder: string) => join(folder, "queue.state");

/** Undefined where nobody reads a queue into the folder. Errors: `store_unreadable`. */
export async function readQueueState(folder: string): Promise<QueueState | undefined> {
  const file = fileIn(folder);
  try {
    if (!(await stat(folder)).isDirectory()) return undefined;
    const { queue, readAt, messages } = z.parse(stateShape, JSON.parse(await readFile(file, "utf8")));
    return { queue, messages, ...(readAt !== undefined && { readAt: new Date(readAt) }) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new AppError("store_unreadable", `${file} does not tell how the queue is read: ${messageOf(error)}`, {
      cause: error,
      hint: "remove it: the next reading of the queue writes it anew",
    });
  }
}

/** For whoever reads that queue. Errors: `store_unreadable`; `invalid_argument` for the folder of another one. */
export async function ownQueueState(folder: string, queue: string): Promise<QueueState | undefined> {
  const state = await readQueueState(folder);
  if (state === undefined || state.queue === queue) return state;
  throw new AppError("invalid_argument", `${folder} has the events of ${state.queue}`, {
    hint: `give each queue a folder of its own; if nobody reads that one any more, remove ${fileIn(folder)}`,
  });
}

/** Of the queues that are read into these folders; files have none. Errors: `store_unreadable`. */
export async function readQueueStates(paths: readonly string[]): Promise<readonly QueueState[]> {
  const states = await Promise.all(paths.filter((path) => path !== "-").map(readQueueState));
  return states.filter((state) => state !== undefined);
}

/** A reader that lives reads every 20 seconds, a timer as often as people make it run. */
export const queueReadLimitMs = 3_600_000;

/** Why events may be missing: nobody has read the queue for an hour. Undefined where somebody has. */
export function notRead({ queue, readAt }: QueueState, now: Date): AppError | undefined {
  if (readAt !== undefined && now.getTime() - readAt.getTime() <= queueReadLimitMs) return undefined;
  const when = readAt === undefined ? "was never read" : `was last read at ${readAt.toISOString()}`;
  return new AppError("queue_not_read", `${queue} ${when}: what keys and secrets were used for since is not counted`, {
    hint: "look at what runs unexpired key-access collect",
    facts: { queue, readAt },
  });
}

/** Errors: `store_unwritable`. */
export async function writeQueueState(folder: string, { queue, readAt, messages }: QueueState): Promise<void> {
  const document = { version: 1, queue, readAt: readAt?.toISOString(), messages };
  await writePrivateFile(fileIn(folder), `${JSON.stringify(document)}\n`);
}
