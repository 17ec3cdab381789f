/** `npm run demo` as a user runs it, after the build: the spine of the product, fact by fact. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { DemoFacts } from "../../scripts/demo/facts";

const demo = resolve(__dirname, "../../dist/scripts/demo/main.js");

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), "demo-test-"))));
afterAll(() => rm(folder, { recursive: true }));

test("everything holds, and the JSON says so fact by fact", async () => {
  const json = join(folder, "facts.json");
  const { stdout } = await promisify(execFile)(process.execPath, [demo, "--json", json]);
  expect(stdout).toContain("everything held");
  const facts = JSON.parse(await readFile(json, "utf8")) as DemoFacts;
  expect(facts).toMatchObject({
    certificateArn: expect.stringMatching(/^arn:aws:acm:us-east-1:\d{12}:certificate\//) as string,
    arnKept: true,
    arnKnownWhenDue: true,
    chainLength: 3,
    failedHandshakes: 0,
    planAfterApply: { exitCode: 0, actions: {} },
    planAfterRenewal: { exitCode: 0, actions: {} },
    driftCheck: {
      appliedExitCode: 0,
      stoppedExitCode: 3,
      applied: { outcome: "applied", findings: [], handshakes: 4 },
      stopped: {
        outcome: "needs-approval",
        findings: ["only-renewals: aws_lb_listener.listener: update"],
        handshakes: 0,
      },
      serialKept: true,
    },
    challengeValuesLeft: 0,
    foreignRecordsUnchanged: true,
    outOfGrantRefused: true,
    privateKeyHits: 0,
    plantedKeyFound: true,
  });
  expect(new Set(facts.serials).size).toBe(3);
  expect(facts.handshakes).toBeGreaterThanOrEqual(100);
  expect(facts.planWhenDue.exitCode).toBe(2);
  expect(Object.values(facts.planWhenDue.actions)).toEqual([["update"], ["update"]]);
  expect(facts.challengeWritesThroughProxy).toBeGreaterThan(0);
});

test("without terraform it says how to get it, and exits with 1", async () => {
  const running = promisify(execFile)(process.execPath, [demo], { env: { PATH: folder } });
  await expect(running).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/terraform is not on PATH\nhint: install Terraform 1\.11/) as string,
  });
});
