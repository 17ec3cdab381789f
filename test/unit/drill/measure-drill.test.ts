import { caOutage } from "../../../src/drill/drills/ca-outage";
import type { Drill, Scene } from "../../../src/drill/drill";
import { measureDrill, type ReadyDrill } from "../../../src/drill/measure-drill";

const drill: Drill = { ...caOutage, objectives: { detectSeconds: 10, recoverSeconds: 30 } };

/** In seconds; absent: never. */
interface Times {
  /** How long what runs anyway takes. @default it is over at once */
  readonly workTakes?: number;
  /** From the way back on. @default it does not end */
  readonly alarmEndsAfter?: number;
  readonly alarmAfter?: number;
  readonly greenAfter?: number;
  readonly firstScrape?: number;
}

/** Time goes on when somebody sleeps; the alarm and the recovery come when they are told to. */
function world({ alarmAfter, greenAfter, firstScrape = 0, workTakes, alarmEndsAfter }: Times) {
  const story = { seconds: 0, faultAt: Infinity, backAt: Infinity, said: [] as string[] };
  const since = (at: number, after = Infinity) => story.seconds - at >= after;
  const isFiring = () => since(story.faultAt, alarmAfter) && !since(story.backAt, alarmEndsAfter);
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  const scene: Scene = {
    ...(workTakes !== undefined && {
      work: () =>
        new Promise<void>((wake) => {
          const until = story.seconds + workTakes;
          sleepers.push({ until, wake });
          // once nobody but the work makes time go on
          setImmediate(() => ((story.seconds = Math.max(story.seconds, until)), wake()));
        }),
    }),
    inject: () => ((story.faultAt = story.seconds), "the CA is away"),
    recover: () => Promise.resolve(((story.backAt = story.seconds), "ordered elsewhere")),
  };
  const ready: ReadyDrill = {
    scene,
    clock: { now: () => new Date(story.seconds * 1000) },
    timeScale: 60,
    sleep: (ms) => {
      story.seconds += ms / 1000;
      for (const { until, wake } of sleepers) if (story.seconds >= until) wake();
      return Promise.resolve();
    },
    say: (line) => void story.said.push(line),
    prometheus: {
      firing: () => Promise.resolve(isFiring() ? ["CaOutage"] : ["Other"]),
      lastScrape: () => Promise.resolve(story.seconds < firstScrape ? undefined : new Date(story.seconds * 1000)),
    },
    estate: {
      handshakes: () =>
        Promise.resolve([
          { serial: since(story.backAt, greenAfter) ? "02" : "01", notAfter: new Date(0), chainLength: 3 },
        ]),
    },
  };
  return { ready, story };
}

test("times run from the fault", async () => {
  const { ready, story } = world({ alarmAfter: 5, greenAfter: 2 });
  expect(await measureDrill(drill, ready)).toMatchObject({ detectedSeconds: 5, recoveredSeconds: 7, failures: [] });
  expect(story.said).toEqual([
    "green: clients are served, no alarm",
    "fault: the CA is away",
    "alarm: CaOutage after 5.0 s",
    "way back: ordered elsewhere",
    "green again after 7.0 s",
  ]);
});

test("the fault waits until Prometheus has what it changes", async () => {
  const { ready, story } = world({ alarmAfter: 1, greenAfter: 0, firstScrape: 5 });
  expect((await measureDrill(drill, ready)).failures).toEqual([]);
  expect(story.faultAt).toBeGreaterThan(5);
});

test("a Prometheus that never gets the metrics fails the drill", async () => {
  const { failures } = await measureDrill(drill, world({ greenAfter: 0, firstScrape: Infinity }).ready);
  expect(failures).toContain("Prometheus does not get the metrics");
});

test("an alarm that does not come fails the drill, which is brought to its end", async () => {
  const report = await measureDrill(drill, world({ greenAfter: 0 }).ready);
  expect(report.failures).toEqual(["CaOutage did not fire", "the recovery took too long"]);
  expect(report.detectedSeconds).toBeUndefined();
});

test("a recovery that does not come fails the drill, and says what clients get", async () => {
  const report = await measureDrill(drill, world({ alarmAfter: 1 }).ready);
  expect(report.failures).toEqual(["not green again: clients still get serial 01"]);
});

test("an alarm that comes while work goes on is heard then, and the way back begins at the end of the work", async () => {
  const { ready, story } = world({ alarmAfter: 5, greenAfter: 2, workTakes: 100 });
  const slow = { ...drill, objectives: { detectSeconds: 10, recoverSeconds: 300 } };
  expect(await measureDrill(slow, ready)).toMatchObject({ detectedSeconds: 5, failures: [] });
  expect(story.backAt - story.faultAt).toBeGreaterThanOrEqual(100);
});

test("an alarm may come a minute after the end of long work", async () => {
  const { ready } = world({ alarmAfter: 150, greenAfter: 2, workTakes: 100 });
  const slow = { ...drill, objectives: { detectSeconds: 200, recoverSeconds: 300 } };
  expect(await measureDrill(slow, ready)).toMatchObject({ detectedSeconds: 150, failures: [] });
});

test("what the rule waits in production is waited for, and counts in full", async () => {
  const { ready } = world({ alarmAfter: 65, greenAfter: 0 });
  const hour = { ...drill, ruleSeconds: 3600, objectives: { detectSeconds: 3610, recoverSeconds: 3610 } };
  expect(await measureDrill(hour, ready)).toMatchObject({ detectedSeconds: 65, ruleSeconds: 3600, failures: [] });
  const late = { ...hour, objectives: { detectSeconds: 3600, recoverSeconds: 3610 } };
  const again = world({ alarmAfter: 65, greenAfter: 0 });
  expect((await measureDrill(late, again.ready)).failures).toEqual(["the alarm came too late"]);
});

test("an alarm about a state has to end with it", async () => {
  const state = { ...drill, alarmEnds: true } as const;
  const ends = await measureDrill(state, world({ alarmAfter: 5, greenAfter: 0, alarmEndsAfter: 3 }).ready);
  expect(ends).toMatchObject({ recoveredSeconds: 8, failures: [] });
  const stays = await measureDrill(state, world({ alarmAfter: 5, greenAfter: 0 }).ready);
  expect(stays.failures).toEqual(["not green again: CaOutage still fires"]);
});

test("an alarm that rang before the fault proves nothing", async () => {
  const { ready } = world({ alarmAfter: 0, greenAfter: 0 });
  const report = await measureDrill(drill, {
    ...ready,
    prometheus: { ...ready.prometheus, firing: () => Promise.resolve(["CaOutage"]) },
  });
  expect(report.failures).toEqual(["CaOutage fired before anything was wrong"]);
});

test("what comes later than the objective fails the drill", async () => {
  const report = await measureDrill(drill, world({ alarmAfter: 12, greenAfter: 25 }).ready);
  expect(report.failures).toEqual(["the alarm came too late", "the recovery took too long"]);
});

test("what is served is not all: a scene may have more to settle", async () => {
  const { ready } = world({ alarmAfter: 1, greenAfter: 0 });
  const scene = { ...ready.scene, isSettled: () => Promise.resolve("serial 01 is not revoked") };
  expect((await measureDrill(drill, { ...ready, scene })).failures).toEqual([
    "not green again: serial 01 is not revoked",
  ]);
});
