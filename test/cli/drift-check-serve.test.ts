/** The daemon as a process, with a program in place of terraform that says what real terraform said, or takes its time. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { statusDocumentShape, type StatusDocument } from "../../src/drift/serve/status-document-shape";
import { ServedStack } from "../support/drift/served-stack";
import { until } from "../support/until";

let served: ServedStack;
beforeAll(async () => {
  served = await ServedStack.start();
});
afterAll(() => served.close());

const said = (message: string) => served.said(message);
const get = (path: string) => served.get(path);
const status = async (): Promise<StatusDocument> => statusDocumentShape.parse(await (await get("/status.json")).json());

test("runs, and shows what came of it to people, programs and Prometheus", async () => {
  await until(() => said("run ended"));
  const shown = await status();
  expect(shown.stacks).toEqual([expect.objectContaining({ name: "web", outcome: "needs-approval" })]);
  expect(shown.runs[0]).toMatchObject({ applies: false, exitCode: 3, outcomes: { "needs-approval": 1 } });
  const command = `drift-check approve web --checksum ${shown.stacks[0]?.checksum}`;
  expect(shown.waiting).toEqual([expect.objectContaining({ stack: "web", approveWith: command })]);
  const health = await get("/healthz");
  expect([health.status, await health.json()]).toEqual([200, { status: "ok", reasons: [] }]);
  const page = await get("/");
  expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(await page.text()).toContain(command);
  expect(await (await get("/debug")).text()).toMatch(/[1-9]\d* entr(y|ies) read/);
  const metrics = await (await get("/metrics")).text();
  expect(metrics).toContain("drift_check_self_test_up 1\n");
  expect(metrics).toContain("unexpired_ledger_up 1\n");
  expect(metrics).toContain('drift_check_stack_exit_code{stack="web"} 3\n');
  expect(metrics).toMatch(/^drift_check_runs_total\{exit_code="3"\} [1-9]/m);
});

test("takes the configuration anew for every run; a mistake in it is told, and nothing else ends", async () => {
  served.configure("stacks: [{ name: web, folder: web }]\nlimit: {}\n");
  served.daemon.kill("SIGHUP");
  await until(() => said("the configuration cannot be used, and the next run will not begin"));
  await until(() => said("the run could not begin: drift-check.yaml:2:1"));
  const health = await get("/healthz");
  expect(health.status).toBe(503);
  expect(await health.text()).toContain("could not begin: drift-check.yaml:2:1");
  served.configure("stacks: [{ name: web, folder: web }]");
  served.daemon.kill("SIGHUP");
  await until(() => said("the configuration can be used"));
  const ended = served.runs();
  await until(() => served.runs() > ended);
  expect((await get("/healthz")).status).toBe(200);
});

test("told to stop, it tells terraform, waits for its end and says what came of it", async () => {
  await served.untilInSlowPlan();
  await until(() => said("a run is left out: the one before it still goes on"));
  expect((await status()).daemon.runningSince).toEqual(expect.any(String));
  const closed = once(served.daemon, "close");
  served.daemon.kill("SIGTERM");
  served.daemon.kill("SIGTERM");
  expect(await closed).toEqual([0, null]);
  expect(served.wasTerraformTold).toBe(true);
  expect(served.lines().at(-1)).toMatchObject({ level: "info", message: "stopped" });
  expect(served.lines().at(-2)).toMatchObject({ message: "run ended", exitCode: 1 });
  const ledger = readFileSync(join(served.folder, "state/ledger.jsonl"), "utf8").trimEnd().split("\n");
  expect(JSON.parse(ledger.at(-1) ?? "")).toMatchObject({ event: "drift.checked", outcome: "failed" });
});
