/** The fault, how long it takes until the alarm fires, and until clients are served as they should be. */
import type { Clock, Sleep } from "../platform/clock";
import { messageOf } from "../platform/errors";
import type { Drill, Objectives, Scene } from "./drill";
import type { DrillEstate } from "./estate";
import type { Prometheus } from "./prometheus";

export interface DrillReport {
  readonly name: string;
  readonly failureMode?: string;
  readonly what: string;
  readonly alert: string;
  readonly objectives: Objectives;
  /** What the rule waits in production before it fires; absent where it does not wait. */
  readonly ruleSeconds?: number;
  /** From the fault to the alarm; absent if it did not come. */
  readonly detectedSeconds?: number;
  /** From the fault to clients who are served what they should be, all else being well; absent if that did not come. */
  readonly recoveredSeconds?: number;
  /** Why it failed; empty if it did not. */
  readonly failures: readonly string[];
}

/** How long something may take once everything is done that brings it about. */
const settleMs = 60_000;
const pollMs = 500;
/** Long enough that what was scraped is judged. */
const quietRounds = 3;
const quietPauseMs = 1_000;

/** A drill whose estate is up and green. */
export interface ReadyDrill {
  readonly estate: Pick<DrillEstate, "handshakes">;
  readonly prometheus: Pick<Prometheus, "firing" | "lastScrape">;
  readonly scene: Scene;
  /** What the spans of the rules are divided by. */
  readonly timeScale: number;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** A line for people, as it happens. */
  readonly say: (line: string) => void;
}

export async function measureDrill(drill: Drill, running: ReadyDrill): Promise<DrillReport> {
  const { estate, scene, timeScale, clock, say } = running;
  const { name, failureMode, what, alert, objectives, ruleSeconds } = drill;
  const failures: string[] = [];
  const before = await estate.handshakes();
  const untrue = await whyNotQuiet(alert, running);
  if (untrue === undefined) say("green: clients are served, no alarm");
  else failures.push(untrue);

  const told = await scene.inject();
  const begun = clock.now();
  const seconds = () => (clock.now().getTime() - begun.getTime()) / 1000;
  say(`fault: ${told}`);
  const work = new Work(scene);
  const patienceMs = settleMs + ((ruleSeconds ?? 0) / timeScale) * 1000;
  const isRinging = () => isFiring(alert, running);
  const detectedSeconds = await until(isRinging, running, seconds, { patienceMs, work });
  if (detectedSeconds === undefined) failures.push(`${alert} did not fire`);
  else say(`alarm: ${alert} after ${detectedSeconds.toFixed(1)} s`);

  await work.end;
  say(`way back: ${await scene.recover()}`);
  let why: string | undefined;
  const isGreen = async () => (why = await whyNotGreen(drill, before, running)) === undefined;
  const recoveredSeconds = await until(isGreen, running, seconds);
  if (recoveredSeconds === undefined) failures.push(`not green again: ${why}`);
  else say(`green again after ${recoveredSeconds.toFixed(1)} s`);

  // what the drill has made shorter takes its time in production
  const saved = (ruleSeconds ?? 0) * (1 - 1 / timeScale);
  if ((detectedSeconds ?? 0) + saved > objectives.detectSeconds) failures.push("the alarm came too late");
  if ((recoveredSeconds ?? 0) + saved > objectives.recoverSeconds) failures.push("the recovery took too long");
  return { name, failureMode, what, alert, objectives, ruleSeconds, detectedSeconds, recoveredSeconds, failures };
}

/** What Prometheus has not seen before the fault cannot change by it. */
async function whyNotQuiet(alert: string, running: ReadyDrill): Promise<string | undefined> {
  const { clock, prometheus, sleep } = running;
  const begun = clock.now();
  const isSeen = async () => ((await prometheus.lastScrape()) ?? begun) > begun;
  if ((await until(isSeen, running, () => 0)) === undefined) return "Prometheus does not get the metrics";
  for (let round = 0; round < quietRounds; round++) {
    if (await isFiring(alert, running)) return `${alert} fired before anything was wrong`;
    await sleep(quietPauseMs);
  }
  return undefined;
}

async function isFiring(alert: string, { prometheus }: ReadyDrill): Promise<boolean> {
  return (await prometheus.firing()).includes(alert);
}

/**
 * Every listener gives clients a certificate that they take, which is not the one from before; an alarm about a state
 * has ended.
 */
async function whyNotGreen(
  { alert, alarmEnds }: Drill,
  before: readonly { readonly serial: string }[],
  running: ReadyDrill,
): Promise<string | undefined> {
  const { estate, scene } = running;
  const now = await estate.handshakes().catch(messageOf);
  if (typeof now === "string") return now;
  const old = new Set(before.map(({ serial }) => serial));
  const stale = now.find(({ serial }) => old.has(serial));
  if (stale !== undefined) return `clients still get serial ${stale.serial}`;
  if (alarmEnds && (await isFiring(alert, running))) return `${alert} still fires`;
  return scene.isSettled?.();
}

/** What runs while nobody knows yet. The alarm may come before its end. */
class Work {
  hasEnded = false;
  readonly end: Promise<void>;

  constructor(scene: Scene) {
    this.end = Promise.resolve(scene.work?.()).then(() => void (this.hasEnded = true));
    // whoever waits for the end hears of it
    this.end.catch(() => (this.hasEnded = true));
  }
}

/** Undefined where it does not come, until a while after the end of the work. */
async function until(
  isSo: () => Promise<boolean>,
  { clock, sleep }: ReadyDrill,
  seconds: () => number,
  { patienceMs = settleMs, work }: { readonly patienceMs?: number; readonly work?: Work } = {},
): Promise<number | undefined> {
  let end = clock.now().getTime() + patienceMs;
  do {
    if (work?.hasEnded === false) end = clock.now().getTime() + patienceMs;
    if (await isSo()) return seconds();
    await sleep(pollMs);
  } while (clock.now().getTime() < end);
  return undefined;
}
