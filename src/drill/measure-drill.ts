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
  /** From the fault to the alarm; absent if it did not come. */
  readonly detectedSeconds?: number;
  /** From the fault to clients who are served what they should be; absent if they were not. */
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
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** A line for people, as it happens. */
  readonly say: (line: string) => void;
}

export async function measureDrill(drill: Drill, running: ReadyDrill): Promise<DrillReport> {
  const { estate, scene, clock, say } = running;
  const { name, failureMode, what, alert, objectives } = drill;
  const failures: string[] = [];
  const before = await estate.handshakes();
  const untrue = await whyNotQuiet(alert, running);
  if (untrue === undefined) say("green: clients are served, no alarm");
  else failures.push(untrue);

  const told = await scene.inject();
  const begun = clock.now();
  const seconds = () => (clock.now().getTime() - begun.getTime()) / 1000;
  say(`fault: ${told}`);
  await scene.work?.();
  const detectedSeconds = await until(() => isFiring(alert, running), running, seconds);
  if (detectedSeconds === undefined) failures.push(`${alert} did not fire`);
  else say(`alarm: ${alert} after ${detectedSeconds.toFixed(1)} s`);

  say(`way back: ${await scene.recover()}`);
  let why: string | undefined;
  const isGreen = async () => (why = await whyNotGreen(before, running)) === undefined;
  const recoveredSeconds = await until(isGreen, running, seconds);
  if (recoveredSeconds === undefined) failures.push(`not green again: ${why}`);
  else say(`green again after ${recoveredSeconds.toFixed(1)} s`);

  if ((detectedSeconds ?? 0) > objectives.detectSeconds) failures.push("the alarm came too late");
  if ((recoveredSeconds ?? 0) > objectives.recoverSeconds) failures.push("the recovery took too long");
  return { name, failureMode, what, alert, objectives, detectedSeconds, recoveredSeconds, failures };
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

/** Every listener gives clients a certificate that they take and that is not the one from before. */
async function whyNotGreen(
  before: readonly { readonly serial: string }[],
  { estate, scene }: ReadyDrill,
): Promise<string | undefined> {
  const now = await estate.handshakes().catch(messageOf);
  if (typeof now === "string") return now;
  const old = new Set(before.map(({ serial }) => serial));
  const stale = now.find(({ serial }) => old.has(serial));
  return stale === undefined ? scene.isSettled?.() : `clients still get serial ${stale.serial}`;
}

async function until(
  isSo: () => Promise<boolean>,
  { clock, sleep }: ReadyDrill,
  seconds: () => number,
): Promise<number | undefined> {
  const end = clock.now().getTime() + settleMs;
  do {
    if (await isSo()) return seconds();
    await sleep(pollMs);
  } while (clock.now().getTime() < end);
  return undefined;
}
