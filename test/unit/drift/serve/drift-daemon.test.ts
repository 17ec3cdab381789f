import { DriftDaemon, type CheckRequest, type DaemonOptions } from "../../../../src/drift/serve/drift-daemon";
import { healthOf } from "../../../../src/drift/serve/health";
import { Schedule } from "../../../../src/drift/serve/schedule";
import type { ExitCode } from "../../../../src/drift/run/stack-report";
import { AppError } from "../../../../src/platform/errors";
import { SteppedTime } from "../../../support/drift/stepped-time";

const minuteMs = 60_000;

/** Runs take as long as `takesMs` says, or until they are told to stop. */
function world(more: Partial<DaemonOptions> & { takesMs?: number; exitCode?: ExitCode } = {}) {
  const { takesMs = 0, exitCode = 0, ...options } = more;
  const time = new SteppedTime(new Date("2026-06-01T00:00:00Z"));
  const begun: string[] = [];
  const requests: CheckRequest[] = [];
  const told: string[] = [];
  const daemon = new DriftDaemon({
    schedule: new Schedule("17 */6 * * *"),
    ...{ jitterMs: 0, random: () => 0, clock: time, sleep: time.sleep, apply: true },
    logger: { log: (level, message) => void told.push(`${level}: ${message}`) },
    check: async (request) => {
      begun.push(time.now().toISOString());
      requests.push(request);
      if (takesMs > 0) await time.sleep(takesMs, request.signal).catch(() => undefined);
      return exitCode;
    },
    selfTest: async () => ({ blind: new Set<string>() }),
    ...options,
  });
  return { daemon, time, begun, requests, told, health: () => healthOf(daemon.state, undefined, time.now()) };
}

const recently = new Date("2026-05-31T23:59:00Z");

test("runs when it is due, and not before", async () => {
  const { daemon, time, begun } = world();
  daemon.start(recently);
  expect(daemon.state.nextRunAt).toEqual(new Date("2026-06-01T00:17:00Z"));
  await time.passUntil("2026-06-01T12:16:59Z");
  expect(begun).toEqual(["2026-06-01T00:17:00.000Z", "2026-06-01T06:17:00.000Z"]);
  // the clock is looked at once a minute, however long the wait
  expect(Math.max(...time.slept)).toBe(minuteMs);
  await daemon.stop();
  await time.passUntil("2026-06-02T00:00:00Z");
  expect(begun).toHaveLength(2);
});

test("a run begins later by a part of the jitter", async () => {
  const { daemon, time, begun } = world({ jitterMs: 10 * minuteMs, random: () => 0.5 });
  daemon.start(recently);
  await time.passUntil("2026-06-01T06:00:00Z");
  expect(begun).toEqual(["2026-06-01T00:22:00.000Z"]);
  await daemon.stop();
});

test.each([
  ["there never was one", undefined, 1],
  ["one was due while nobody was there", new Date("2026-05-31T18:16:59Z"), 1],
  ["none was due since", new Date("2026-05-31T18:17:00Z"), 0],
])("at the start, if %s", async (_, lastRunAt, runs) => {
  const { daemon, time, begun } = world();
  daemon.start(lastRunAt);
  await time.passUntil("2026-06-01T00:00:01Z");
  expect(begun).toHaveLength(runs);
  await daemon.stop();
});

test("runs never overlap: what is due meanwhile is left out, and said", async () => {
  const { daemon, time, begun, told } = world({ takesMs: 13 * 60 * minuteMs });
  daemon.start(recently);
  await time.passUntil("2026-06-01T20:00:00Z");
  expect(begun).toEqual(["2026-06-01T00:17:00.000Z", "2026-06-01T18:17:00.000Z"]);
  expect(daemon.state).toMatchObject({ skipped: 2, runningSince: new Date("2026-06-01T18:17:00Z") });
  expect(told.filter((line) => line.startsWith("warn"))).toHaveLength(2);
  await daemon.stop();
});

test("told to stop, it tells what goes on, and waits for its end", async () => {
  const { daemon, time, requests } = world({ takesMs: 60 * minuteMs, exitCode: 1 });
  daemon.start(recently);
  await time.passUntil("2026-06-01T00:20:00Z");
  expect(requests[0]?.signal.aborted).toBe(false);
  await daemon.stop();
  expect(requests[0]?.signal.aborted).toBe(true);
  expect(daemon.state).toMatchObject({ runningSince: undefined, runs: new Map([[1, 1]]) });
});

test("told to stop during the self-test, it begins no run", async () => {
  const { daemon, time, begun } = world({
    selfTest: (signal) => time.sleep(60 * minuteMs, signal).then(() => ({ blind: new Set<string>() })),
  });
  daemon.start(undefined);
  await time.passUntil("2026-06-01T00:10:00Z");
  expect(daemon.state.runningSince).toEqual(new Date("2026-06-01T00:00:00Z"));
  await daemon.stop();
  expect(begun).toEqual([]);
});

test("a run that could not begin is counted, told, and makes it unhealthy until one could", async () => {
  let isBroken = true;
  const { daemon, time, told, health } = world({
    check: async () => {
      if (isBroken) throw new AppError("invalid_config", "drift-check.yaml:3: what is this");
      return 2;
    },
  });
  daemon.start(undefined);
  await time.passUntil("2026-06-01T00:00:01Z");
  expect(told).toContain("error: the run could not begin: drift-check.yaml:3: what is this");
  expect(health()).toEqual({
    status: "failing",
    reasons: ["the last run, less than an hour ago, could not begin: drift-check.yaml:3: what is this"],
  });
  isBroken = false;
  await time.passUntil("2026-06-01T00:17:01Z");
  expect(health()).toEqual({ status: "ok", reasons: [] });
  expect([...daemon.state.runs]).toEqual([
    [1, 1],
    [2, 1],
  ]);
  await daemon.stop();
});

test("where what was planted is not seen, nothing is applied, and it says so", async () => {
  const error = new AppError("self_test_failed", "the planted drift was not seen");
  const outcomes = [
    async () => ({ blind: new Set(["/infra/web"]), error }),
    async () => {
      throw new AppError("missing_part", "there is no terraform");
    },
    async () => ({ blind: new Set<string>() }),
  ];
  const { daemon, time, requests, health } = world({
    selfTest: async () => (await outcomes.shift()?.()) ?? { blind: new Set() },
  });
  daemon.start(undefined);
  await time.passUntil("2026-06-01T00:00:01Z");
  expect(health().reasons).toEqual(["the self-test failed: the planted drift was not seen"]);
  await time.passUntil("2026-06-01T00:17:01Z");
  expect(health().reasons).toEqual(["the self-test failed: there is no terraform"]);
  await time.passUntil("2026-06-01T06:17:01Z");
  expect(health().status).toBe("ok");
  expect(requests.map(({ apply, blind }) => [apply, [...blind]])).toEqual([
    [true, ["/infra/web"]],
    [false, []],
    [true, []],
  ]);
  await daemon.stop();
});

test("a run that is due and does not begin is a reason to say no", () => {
  const now = new Date("2026-06-01T06:20:00Z");
  const state = { startedAt: recently, runs: new Map(), skipped: 0 };
  const dueAt = (nextRunAt: Date | undefined, more = {}) => healthOf({ ...state, nextRunAt, ...more }, undefined, now);
  expect(dueAt(new Date("2026-06-01T06:19:00Z")).status).toBe("ok");
  expect(dueAt(new Date("2026-06-01T06:17:00Z")).reasons).toEqual([
    "a run was due at 2026-06-01T06:17:00.000Z and has not begun",
  ]);
  expect(dueAt(undefined).reasons).toEqual(["no run is due any more"]);
  expect(dueAt(undefined, { runningSince: recently }).status).toBe("ok");
  const unreadable = healthOf({ ...state, runningSince: recently }, new Error("no such folder"), now);
  expect(unreadable.reasons).toEqual(["the history cannot be read: no such folder"]);
});
