/** The daemon as a process, with a program in place of terraform that says what real terraform said, or takes its time. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { statusDocumentShape, type StatusDocument } from "../../src/drift/serve/status-document-shape";
import { recordedText } from "../support/drift/recorded-plan";
import { unbuilt } from "../support/unbuilt";
import { until } from "../support/until";
import { waitForFile } from "../support/wait-for-file";

const program = resolve(__dirname, "../../src/bin/drift-check.ts");

let folder: string;
let served: ChildProcess;
let output = "";
let port = 0;

const lines = () =>
  output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
const said = (message: string) => output.includes(`"message":"${message}`);
const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
const status = async (): Promise<StatusDocument> => statusDocumentShape.parse(await (await get("/status.json")).json());

function configure(config: string): void {
  writeFileSync(join(folder, "drift-check.yaml"), config);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "drift-serve-"));
  mkdirSync(join(folder, "web"));
  const plan = recordedText("a security group of the load balancer");
  const now = new Date().toISOString();
  writeFileSync(join(folder, "plan.json"), plan.replace(/"timestamp": ?"[^"]*"/, `"timestamp":"${now}"`));
  // it waits where a file says so, and ends when it is told to, as terraform does
  const terraform = join(folder, "terraform.sh");
  writeFileSync(
    terraform,
    `#!/bin/sh
if test "$1" = plan && test -e ../slow; then
  trap 'touch ../told; exit 1' INT
  touch ../waiting
  while :; do sleep 0.05; done
fi
case "$1" in
  plan) for word; do case "$word" in -out=*) touch "\${word#-out=}" ;; esac; done; exit 2 ;;
  show) cat ../plan.json ;;
  state) echo '{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"a","outputs":{},"resources":[]}' ;;
esac
`,
    { mode: 0o755 },
  );
  configure("stacks: [{ name: web, folder: web }]");
  const readyFile = join(folder, "ready.json");
  const args = ["serve", "--schedule", "* * * * * *", "--jitter", "0s", "--listen", "127.0.0.1:0"];
  served = spawn(
    process.execPath,
    [...unbuilt, program, ...args, "--terraform-bin", terraform, "--ready-file", readyFile],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, UNEXPIRED_STATE_DIR: join(folder, "state") },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  served.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  ({ port } = JSON.parse(await waitForFile(readyFile, served)) as { port: number });
});

afterAll(() => {
  served.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

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
  configure("stacks: [{ name: web, folder: web }]\nlimit: {}\n");
  served.kill("SIGHUP");
  await until(() => said("the configuration cannot be used, and the next run will not begin"));
  await until(() => said("the run could not begin: drift-check.yaml:2:1"));
  const health = await get("/healthz");
  expect(health.status).toBe(503);
  expect(await health.text()).toContain("could not begin: drift-check.yaml:2:1");
  configure("stacks: [{ name: web, folder: web }]");
  served.kill("SIGHUP");
  await until(() => said("the configuration can be used"));
  const ended = lines().length;
  await until(() =>
    lines()
      .slice(ended)
      .some(({ message }) => message === "run ended"),
  );
  expect((await get("/healthz")).status).toBe(200);
});

test("told to stop, it tells terraform, waits for its end and says what came of it", async () => {
  writeFileSync(join(folder, "slow"), "");
  await until(() => existsSync(join(folder, "waiting")));
  await until(() => said("a run is left out: the one before it still goes on"));
  expect((await status()).daemon.runningSince).toEqual(expect.any(String));
  const closed = once(served, "close");
  served.kill("SIGTERM");
  served.kill("SIGTERM");
  expect(await closed).toEqual([0, null]);
  expect(existsSync(join(folder, "told"))).toBe(true);
  expect(lines().at(-1)).toMatchObject({ level: "info", message: "stopped" });
  expect(lines().at(-2)).toMatchObject({ message: "run ended", exitCode: 1 });
  const ledger = readFileSync(join(folder, "state/ledger.jsonl"), "utf8").trimEnd().split("\n");
  expect(JSON.parse(ledger.at(-1) ?? "")).toMatchObject({ event: "drift.checked", outcome: "failed" });
});
