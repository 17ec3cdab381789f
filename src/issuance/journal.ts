/**
 * What was begun and must not be forgotten: before the first TXT value is written, an entry says which values, where,
 * and for which order. The run that wrote it deletes it when the values are gone; if that run dies, the next run of any
 * of our programs on this machine removes the values and goes on with the order if the CA still takes it.
 * Entries hold no secret.
 */
import { randomUUID } from "node:crypto";
import { readdir, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import { systemClock, type Clock } from "../platform/clock";
import { readPrivateFile, writePrivateFile } from "../platform/private-file";
import type { ChallengeZone } from "./challenge-zone";

/** Entries from before there was Route 53 give the name alone. */
const zoneShape = z.union([
  z.object({ type: z.literal("route53"), name: z.string(), id: z.string() }),
  z.object({ type: z.literal("edge_dns"), name: z.string() }),
  z.pipe(
    z.string(),
    z.transform((name): ChallengeZone => ({ type: "edge_dns", name })),
  ),
]);

const recordsShape = z.object({ zone: zoneShape, name: z.string(), values: z.array(z.string()) });

const entryShape = z.object({
  version: z.literal(1),
  pid: z.int(),
  host: z.string(),
  startedAt: z.string(),
  directoryUrl: z.string(),
  names: z.array(z.string()),
  profile: z.optional(z.string()),
  /** Absent once there is nothing to go on with: the certificate was handed over, and only values are left. */
  orderUrl: z.optional(z.string()),
  /** ISO 8601. Until then the CA keeps the order. */
  orderExpires: z.optional(z.string()),
  records: z.array(recordsShape),
});

/** TXT values that one order put, or is about to put, at one name. */
export type WrittenRecords = z.infer<typeof recordsShape>;

export type JournalFacts = Omit<z.infer<typeof entryShape>, "version" | "pid" | "host" | "startedAt">;

/** What two orders must have in common to be for the same certificate. */
export type OrderFacts = Readonly<Pick<JournalFacts, "directoryUrl" | "profile">> & {
  readonly names: readonly string[];
};

export interface JournalOptions {
  readonly clock?: Clock;
  /** Whether a process of this machine still runs. @default signal 0 */
  readonly isAlive?: (pid: number) => boolean;
  /** When this process began: an older entry with its number is of another one (containers count from 1). */
  readonly processStart?: Date;
}

/** An entry of a process that is gone for so long is abandoned even if its number is in use again. */
const forgottenAfterMs = 24 * 3600 * 1000;

export class IssuanceJournal {
  private readonly clock: Clock;
  private readonly isAlive: (pid: number) => boolean;
  private readonly processStart: Date;
  /** Whose orders wait: whoever took the entry over, or failed with it, may be another resource than the one it is for. */
  private orders: JournalEntry[] = [];

  constructor(
    private readonly folder: string,
    options: JournalOptions = {},
  ) {
    this.clock = options.clock ?? systemClock;
    this.isAlive = options.isAlive ?? isRunning;
    this.processStart = options.processStart ?? new Date(Date.now() - process.uptime() * 1000);
  }

  /** Writes a new entry and syncs it to disk. Errors: `store_unwritable`. */
  async begin(facts: JournalFacts): Promise<JournalEntry> {
    const entry = this.entryAt(join(this.folder, `${randomUUID()}.json`), facts);
    await entry.change(() => facts);
    return entry;
  }

  /**
   * Takes over every entry whose process is gone; each goes to one caller. (A process that looks in the instant between
   * renaming and rewriting may take it as well: then both remove the same values, which does no harm.) Entries of other
   * machines (a shared folder) are left for a day, since nobody can ask whether they are still at work.
   */
  async takeOver(): Promise<JournalEntry[]> {
    const taken = await Promise.all((await this.paths()).map((path) => this.takeOverOne(path)));
    const entries = taken.filter((entry) => entry !== undefined);
    entries.forEach((entry) => this.keepOrder(entry));
    return entries;
  }

  /** The order of this entry is for whoever wants the same certificate next. */
  keepOrder(entry: JournalEntry): void {
    this.orders.push(entry);
  }

  /** Entries with an order for this certificate; each is given once. Who takes them lets go of their orders. */
  takeOrders(wanted: OrderFacts): JournalEntry[] {
    const matching = this.orders.filter(({ facts }) => isSameCertificate(facts, wanted));
    this.orders = this.orders.filter((entry) => !matching.includes(entry));
    return matching.filter(({ facts }) => facts.orderUrl !== undefined);
  }

  private async paths(): Promise<string[]> {
    try {
      const names = await readdir(this.folder);
      return names.filter((name) => name.endsWith(".json")).map((name) => join(this.folder, name));
    } catch {
      return [];
    }
  }

  private async takeOverOne(path: string): Promise<JournalEntry | undefined> {
    const text = await readPrivateFile(path);
    const parsed = text === undefined ? undefined : entryShape.safeParse(jsonOrUndefined(text));
    if (!parsed?.success || !this.isAbandoned(parsed.data)) return undefined;
    const own = join(this.folder, `${randomUUID()}.json`);
    try {
      await rename(path, own);
    } catch {
      return undefined;
    }
    const { directoryUrl, names, profile, records, orderExpires } = parsed.data;
    const isOver = orderExpires !== undefined && Date.parse(orderExpires) <= this.clock.now().getTime();
    const orderUrl = isOver ? undefined : parsed.data.orderUrl;
    const entry = this.entryAt(own, { directoryUrl, names, profile, orderUrl, orderExpires, records });
    await entry.change((facts) => facts);
    return entry;
  }

  private isAbandoned(entry: z.infer<typeof entryShape>): boolean {
    const age = this.clock.now().getTime() - Date.parse(entry.startedAt);
    if (age > forgottenAfterMs) return true;
    if (entry.host !== hostname()) return false;
    if (entry.pid === process.pid) return Date.parse(entry.startedAt) < this.processStart.getTime();
    return !this.isAlive(entry.pid);
  }

  private entryAt(path: string, facts: JournalFacts): JournalEntry {
    return new JournalEntry(path, facts, (changed) => this.write(path, changed));
  }

  private async write(path: string, facts: JournalFacts): Promise<void> {
    const startedAt = this.clock.now().toISOString();
    await writePrivateFile(
      path,
      JSON.stringify({ version: 1, pid: process.pid, host: hostname(), startedAt, ...facts }, null, 2) + "\n",
    );
  }
}

/** It is on disk as long as there are values to remove or an order to go on with. */
export class JournalEntry {
  private changing: Promise<void> = Promise.resolve();

  constructor(
    private readonly path: string,
    private current: JournalFacts,
    private readonly write: (facts: JournalFacts) => Promise<void>,
  ) {}

  get facts(): JournalFacts {
    return this.current;
  }

  /** What is left to do, from what the entry says now; one change after the other. Errors: `store_unwritable`. */
  change(next: (facts: JournalFacts) => JournalFacts): Promise<void> {
    this.changing = this.changing
      .catch(() => undefined)
      .then(async () => {
        this.current = next(this.current);
        const { orderUrl, records } = this.current;
        if (orderUrl !== undefined || records.length > 0) await this.write(this.current);
        else await rm(this.path, { force: true });
      });
    return this.changing;
  }

  /** There is nothing to go on with any more, only values to remove. */
  letGoOfOrder(): Promise<void> {
    return this.change((facts) => ({ ...facts, orderUrl: undefined }));
  }
}

function isSameCertificate(facts: OrderFacts, wanted: OrderFacts): boolean {
  const sorted = (names: readonly string[]) => [...names].sort().join();
  return (
    facts.directoryUrl === wanted.directoryUrl &&
    facts.profile === wanted.profile &&
    sorted(facts.names) === sorted(wanted.names)
  );
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
