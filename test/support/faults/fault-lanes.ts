/** Cases of faults, some side by side: most of a run is waiting. */
import { KeyedQueue } from "../../../src/platform/keyed-queue";
import type { SandboxOptions } from "../../../src/sandbox/sandbox-options";
import { FaultWorld, type EndedRun, type FaultyRun, type Inventory } from "./fault-world";

/** How the run with faults ended, and what the next one without them made of it. */
export interface FaultStory {
  readonly first: EndedRun;
  readonly between: Inventory;
  readonly next: EndedRun;
  readonly inventory: Inventory;
  /** More than an undisturbed run makes. */
  readonly ordersMore: number;
}

interface Clean {
  readonly inventory: Inventory;
  readonly orders: number;
  readonly run: EndedRun;
}

const lanes = 3;

/** Begins at once; every story is there for its own test to wait for. */
export class FaultLanes {
  /** An undisturbed run. */
  readonly clean: Promise<Clean>;
  private readonly stories: ReadonlyMap<string, Promise<FaultStory>>;
  private readonly worlds: readonly Promise<FaultWorld>[];
  private readonly queue = new KeyedQueue();

  constructor(cases: Readonly<Record<string, FaultyRun>>, options: Partial<SandboxOptions> = {}) {
    this.worlds = Array.from({ length: lanes }, () => FaultWorld.start(options));
    this.clean = this.inLane(0, undisturbed);
    this.stories = new Map(
      Object.entries(cases).map(([name, run], index) => [
        name,
        this.inLane(index % lanes, async (world) => tell(world, run, (await this.clean).orders)),
      ]),
    );
    // each is told by its own test
    for (const promise of [this.clean, ...this.stories.values()]) promise.catch(() => undefined);
  }

  async story(name: string): Promise<FaultStory> {
    const story = await this.stories.get(name);
    if (story === undefined) throw new Error(`there is no case ${name}`);
    return story;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.stories.values());
    for (const world of await Promise.allSettled(this.worlds))
      if (world.status === "fulfilled") await world.value.close();
  }

  private inLane<T>(lane: number, work: (world: FaultWorld) => Promise<T>): Promise<T> {
    return this.queue.run(String(lane), async () => {
      const world = await this.worlds[lane];
      if (world === undefined) throw new Error(`there is no lane ${lane}`);
      return work(world);
    });
  }
}

async function undisturbed(world: FaultWorld): Promise<Clean> {
  await world.reset();
  const run = await world.run();
  return { run, inventory: await world.inventory(), orders: world.orders() };
}

async function tell(world: FaultWorld, run: FaultyRun, orders: number): Promise<FaultStory> {
  await world.reset();
  const first = await world.run(run);
  const between = await world.inventory();
  await world.heal();
  const next = await world.run();
  return { first, between, next, inventory: await world.inventory(), ordersMore: world.orders() - orders };
}

/** What was wrong with a run, in a line for each certificate. */
export function errorsOf({ failures, reports }: EndedRun): string[] {
  return [
    ...failures.map(({ service, error }) => `${service}: ${error.code}`),
    ...reports.flatMap(({ planned, error }) => (error ? [`${planned.certificate.names[0]}: ${error.code}`] : [])),
  ];
}
