/** Runs the commands of docs/guides/monitoring.md, with promtool, amtool and an Alertmanager. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fencesOf } from "../support/docs-stage";
import { MonitoringStack } from "../support/monitoring-stack";

const root = resolve(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "monitoring-guide-"));
let stack: MonitoringStack;

beforeAll(async () => {
  stack = await MonitoringStack.start({ jobs: {}, timeScale: 1 });
  cpSync(join(root, "monitoring"), join(folder, "node_modules/unexpired/monitoring"), { recursive: true });
});

afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

test("every command of the guide does what it should", () => {
  const told: string[] = [];
  for (const { language, title, text } of fencesOf("docs/guides/monitoring.md")) {
    if (title !== undefined) writeFileSync(join(folder, title), text);
    if (language !== "sh") continue;
    const options = {
      cwd: folder,
      env: { ...process.env, ALERTMANAGER: stack.alertmanagerUrl },
      encoding: "utf8",
    } as const;
    const { status, stdout, stderr } = spawnSync("sh", ["-euc", text], options);
    expect([text, status, status === 0 ? "" : stderr]).toEqual([text, 0, ""]);
    told.push(stdout);
  }
  const all = told.join("");
  expect(all).toContain("rules found");
  expect(all).toMatch(/^ticket$/m);
  expect(all).toMatch(/certificate="arn:aws:acm:\S+ .*replaced by hand/);
  expect(stack.amtool("silence", "query", "owner=payments", "--quiet")).toBe("");
});
