import { allDrills } from "../../../src/drill/all-drills";
import type { Drill, Scene } from "../../../src/drill/drill";
import { measureDrill, type ReadyDrill } from "../../../src/drill/measure-drill";

const [example] = allDrills;
if (example === undefined) throw new Error("there is no drill");
const drill: Drill = { ...example, alert: "CaOutage", objectives: { detectSeconds: 10, recoverSeconds: 30 } };

/** In seconds; absent: never. */
interface Times {
  readonly alarmAfter?: number;
  readonly greenAfter?: number;
  readonly firstScrape?: number;
}

/** Time goes on when somebody sleeps; the alarm and the recovery come when they are told to. */
function world({ alarmAfter, greenAfter, firstScrape = 0 }: Times) {
  const story = { seconds: 0, faultAt: Infinity, backAt: Infinity, said: [] as string[] };
  const since = (at: number, after = Infinity) => story.seconds - at >= after;
  const scene: Scene = {
    inject: () => ((story.faultAt = story.seconds), "the CA is away"),
    recover: () => Promise.resolve(((story.backAt = story.seconds), "ordered elsewhere")),
  };
  const ready: ReadyDrill = {
    scene,
    clock: { now: () => new Date(story.seconds * 1000) },
    sleep: (ms) => Promise.resolve(void (story.seconds += ms / 1000)),
    say: (line) => void story.said.push(line),
    prometheus: {
      firing: () => Promise.resolve(since(story.faultAt, alarmAfter) ? ["CaOutage"] : ["Other"]),
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
