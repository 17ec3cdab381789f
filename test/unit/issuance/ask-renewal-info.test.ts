import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AcmeConnection } from "../../../src/acme/connection";
import { askRenewalInfo } from "../../../src/issuance/ask-renewal-info";
import { RenewalInfoCache } from "../../../src/issuance/renewal-info-cache";
import { AppError } from "../../../src/platform/errors";
import { ScriptedCa, scriptedDirectory, type ScriptedAnswer } from "../../support/scripted-ca";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "ari-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const noon = new Date("2026-01-01T12:00:00Z");
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const window = { start: new Date("2026-02-01T00:00:00Z"), end: new Date("2026-02-02T00:00:00Z") };
const moved = { start: new Date("2026-01-01T00:00:00Z"), end: new Date("2026-01-01T06:00:00Z") };
const answer = (suggestedWindow: object, retryAfter = "3600"): ScriptedAnswer => ({
  headers: { "retry-after": retryAfter },
  body: { suggestedWindow },
});

function asker(
  answers: readonly ScriptedAnswer[],
  directory: object = { ...scriptedDirectory, renewalInfo: "https://ca.test/ari" },
) {
  const ca = new ScriptedCa(answers, directory);
  const ask = (now = noon, known?: typeof window & { askAgainAt: Date }) =>
    askRenewalInfo({
      connection: new AcmeConnection({
        directoryUrl: ca.directoryUrl,
        http: ca,
        clock: { now: () => now },
        sleep: async () => undefined,
      }),
      certId: "a.b",
      cache: new RenewalInfoCache(folder),
      clock: { now: () => now },
      known,
    });
  return { ask, unused: () => ca.unused };
}

test("the CA is left alone until its Retry-After is over, by other processes too", async () => {
  const { ask, unused } = asker([answer(window), answer(moved)]);
  const first = { ...window, askAgainAt: later(60) };
  await expect(ask()).resolves.toEqual({ info: first });
  await expect(ask(later(59))).resolves.toEqual({ info: first });
  expect(unused()).toBe(1);
  await expect(ask(later(60))).resolves.toEqual({ info: { ...moved, askAgainAt: later(120) } });
});

test("of what the caller and the cache remember, the newer counts", async () => {
  const { ask } = asker([answer(window)]);
  await ask();
  const known = { ...moved, askAgainAt: later(90) };
  await expect(ask(later(1), known)).resolves.toEqual({ info: known });
  await expect(ask(later(1), { ...moved, askAgainAt: later(30) })).resolves.toMatchObject({ info: window });
});

test("a moment that no CA can have asked for, as of a clock that ran ahead, is not waited for", async () => {
  const { ask } = asker([answer(window)]);
  await expect(ask(noon, { ...moved, askAgainAt: later(48 * 60) })).resolves.toMatchObject({ info: window });
});

test("a CA without renewal information gives none, and that is no failure", async () => {
  const { ask } = asker([], scriptedDirectory);
  await expect(ask()).resolves.toEqual({});
});

test("a CA that cannot be asked: told, and nothing is remembered", async () => {
  const error = new AppError("network", "cannot reach the CA", { retryable: true });
  const { ask } = asker([{ error }, answer(window)]);
  await expect(ask()).resolves.toEqual({ failure: error });
  await expect(ask()).resolves.toMatchObject({ info: window });
});

test.each<[string, Record<string, string>, number]>([
  ["after ten minutes", {}, 10],
  ["when it said, if it said", { "retry-after": "7200" }, 120],
  ["after six hours at most", { "retry-after": "86400" }, 360],
])(
  "a CA that cannot be asked any more: its last word counts, and it is asked again %s",
  async (_, headers, minutes) => {
    const busy: ScriptedAnswer = { status: 503, headers };
    const { ask, unused } = asker([answer(window), busy, answer(moved)]);
    await ask();
    const { info, failure } = await ask(later(60));
    expect([info, failure?.code]).toEqual([{ ...window, askAgainAt: later(60 + minutes) }, expect.any(String)]);
    await ask(later(59 + minutes));
    expect(unused()).toBe(1);
  },
);

test("a CA that gives no answer is not asked for the next certificate, until a minute is over", async () => {
  const down = new AppError("network", "cannot reach it", { retryable: true });
  const ca = new ScriptedCa([{ error: down }, answer(window)], {
    ...scriptedDirectory,
    renewalInfo: "https://ca.test/ari",
  });
  let now = noon;
  const clock = { now: () => now };
  const connection = new AcmeConnection({
    directoryUrl: ca.directoryUrl,
    http: ca,
    clock,
    sleep: async () => undefined,
  });
  const ask = (certId: string) => askRenewalInfo({ connection, certId, cache: new RenewalInfoCache(folder), clock });
  await expect(ask("a.1")).resolves.toMatchObject({ failure: { code: "network" } });
  await expect(ask("a.2")).resolves.toMatchObject({ failure: { code: "network" } });
  expect(ca.unused).toBe(1);
  now = later(1);
  await expect(ask("a.2")).resolves.toMatchObject({ info: window });
});
