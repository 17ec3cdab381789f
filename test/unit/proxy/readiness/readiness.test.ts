import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "../../../../src/platform/errors";
import { observedAudit, type AuditEntry } from "../../../../src/proxy/audit";
import { AuditCheck } from "../../../../src/proxy/readiness/audit-check";
import { Readiness, type ReadinessCheck } from "../../../../src/proxy/readiness/readiness";
import { UpstreamCheck } from "../../../../src/proxy/readiness/upstream-check";
import type { Upstream } from "../../../../src/proxy/upstream/upstream";
import { silentAudit } from "../../../support/silent-audit";

let now = 0;
const clock = { now: () => new Date(now) };
const signal = new AbortController().signal;

beforeEach(() => (now = Date.parse("2026-01-02T03:04:05Z")));

function readinessOf(checks: Record<string, ReadinessCheck>) {
  const logged: string[] = [];
  const logger = { log: (level: string, message: string) => void logged.push(`${level} ${message}`) };
  return { readiness: new Readiness({ checks, logger, clock }), logged };
}

test("it is ready if every check is; who fails is told with a hint, and why in the log, once", async () => {
  let isDown = true;
  const ask = async () => {
    if (isDown) throw new AppError("network", "db.internal:5432 refused");
  };
  const { readiness, logged } = readinessOf({
    coordination: { hint: "what replicas share cannot be reached", ask },
    other: { hint: "", ask: async () => undefined },
  });
  const failing = {
    status: "not-ready",
    checks: {
      coordination: { status: "failed", hint: "what replicas share cannot be reached" },
      other: { status: "ok" },
    },
  };
  expect(await readiness.ask()).toEqual(failing);
  now += 1_000;
  expect(await readiness.ask()).toEqual(failing);
  isDown = false;
  now += 1_000;
  expect(await readiness.ask()).toMatchObject({ status: "ready" });
  expect(logged).toEqual(["error not ready: db.internal:5432 refused", "info ready again"]);
});

test("many who ask at once cost one check, and a check that never ends fails", async () => {
  let asked = 0;
  const slow: ReadinessCheck = {
    hint: "slow",
    ask: (until) =>
      new Promise((_, reject) => void (asked++, until.addEventListener("abort", () => reject(until.reason as Error)))),
  };
  const readiness = new Readiness({ checks: { slow }, logger: { log: () => undefined }, clock, timeoutMs: 5 });
  const answers = await Promise.all([readiness.ask(), readiness.ask(), readiness.ask()]);
  expect(answers.map(({ status }) => status)).toEqual(["not-ready", "not-ready", "not-ready"]);
  expect(asked).toBe(1);
});

test("a proxy that stops is not ready, whatever was said a moment ago", async () => {
  const { readiness } = readinessOf({});
  expect(await readiness.ask()).toMatchObject({ status: "ready" });
  readiness.stop();
  expect(await readiness.ask()).toMatchObject({ status: "stopping" });
});

describe("the upstream credentials", () => {
  function checkOf(...answers: (Error | undefined)[]) {
    const upstream = {
      check: async () => {
        if (answers.length === 0) throw new Error("asked too often");
        const answer = answers.shift();
        if (answer !== undefined) throw answer;
      },
    } as unknown as Upstream;
    return { check: new UpstreamCheck(() => upstream, clock), unused: answers };
  }
  const denied = new AppError("edge_dns_denied", "401");
  const away = new AppError("network", "no route");

  test("are asked for every 30 seconds at most", async () => {
    const { check, unused } = checkOf(undefined, denied);
    await check.ask(signal);
    now += 29_999;
    await check.ask(signal);
    expect(unused).toEqual([denied]);
    now += 1;
    await expect(check.ask(signal)).rejects.toBe(denied);
  });

  test("are in doubt until Akamai has accepted them, and again after it has refused them, but not while it is away", async () => {
    const { check } = checkOf(away, undefined, away, denied, away, undefined);
    const verdicts: string[] = [];
    for (let round = 0; round < 6; round++) {
      verdicts.push(
        await check.ask(signal).then(
          () => "ok",
          (error: AppError) => error.code,
        ),
      );
      now += 30_000;
    }
    expect(verdicts).toEqual(["network", "ok", "ok", "edge_dns_denied", "network", "ok"]);
  });

  test("are asked for anew after a reload has changed them", async () => {
    const old = { check: async () => undefined } as unknown as Upstream;
    const fresh = { check: () => Promise.reject(denied) } as unknown as Upstream;
    let used = old;
    const check = new UpstreamCheck(() => used, clock);
    await check.ask(signal);
    used = fresh;
    await expect(check.ask(signal)).rejects.toBe(denied);
  });
});

describe("the audit trail", () => {
  const entry: AuditEntry = { event: "decision", requestId: "r", client: "c", token: "t", remoteAddress: "" };
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "adp-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test("is fine while its file is there", async () => {
    const file = join(folder, "audit.jsonl");
    const check = new AuditCheck(file, clock);
    await expect(check.ask()).rejects.toMatchObject({ code: "store_unwritable" });
    writeFileSync(file, "");
    await check.ask();
  });

  test("is not for 30 seconds after an entry that failed, or until one succeeds", async () => {
    const file = join(folder, "audit.jsonl");
    writeFileSync(file, "");
    const full = new AppError("store_unwritable", "full");
    let failure: Error | undefined = full;
    const check = new AuditCheck(file, clock);
    const write = () => (failure === undefined ? Promise.resolve() : Promise.reject(failure));
    const audit = observedAudit({ ...silentAudit, write }, [check]);
    await expect(audit.write(entry)).rejects.toBe(full);
    await expect(check.ask()).rejects.toBe(full);
    now += 30_000;
    await check.ask();
    await expect(audit.write(entry)).rejects.toBe(full);
    failure = undefined;
    await audit.write(entry);
    await check.ask();
  });
});
