/** The command that empties a queue into a folder, as a process that is killed, refused and stopped; and what reads the folder. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { keyAccess } from "../../src/drill/drills/key-access";
import { calm } from "../../src/sandbox/aws/aws-faults";
import type { Queue } from "../../src/sandbox/aws/sqs/queue";
import { writeQueueState } from "../../src/service-levels/key-access/queue-state";
import { startEmulatedAws, type EmulatedAws } from "../support/emulated-aws";
import { unbuilt } from "../support/unbuilt";
import { until } from "../support/until";

const program = resolve(__dirname, "../../src/bin/unexpired.ts");

let emulated: EmulatedAws;
let folder: string;
let queue: Queue;
const children: ChildProcess[] = [];

beforeAll(async () => {
  emulated = await startEmulatedAws();
});
afterAll(() => emulated.close());

let count = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "key-access-"));
  const { endpointUrl: origin } = emulated.aws;
  queue = emulated.account.region().queues.create({ name: `queue-${++count}`, origin, attributes: {}, tags: [] });
});
afterEach(() => {
  emulated.account.faults = calm;
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function start(...args: readonly string[]) {
  const { endpointUrl, region, accessKeyId, secretAccessKey } = emulated.aws;
  const child = spawn(process.execPath, [...unbuilt, program, ...args], {
    cwd: folder,
    env: {
      ...{ PATH: process.env.PATH, HOME: folder, AWS_ENDPOINT_URL: endpointUrl, AWS_REGION: region },
      ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
    },
  });
  children.push(child);
  const said = { output: "", errors: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said.errors += chunk.toString()));
  const ended = once(child, "close").then(([code]) => ({ ...said, code: code as number | null }));
  return { child, said, ended };
}

const collect = (to: string, ...more: readonly string[]) =>
  start("key-access", "collect", "--queue", queue.url, "--to", to, ...more);

/** Messages as EventBridge sends them. */
function send(messages: number): void {
  for (let index = 0; index < messages; index++)
    queue.send(
      JSON.stringify({ "detail-type": "AWS API Call via CloudTrail", detail: keyAccess("renew", new Date()) }),
    );
}

function idsIn(...folders: readonly string[]): string[] {
  const files = folders.flatMap((name) =>
    readdirSync(join(folder, name))
      .filter((file) => file.endsWith(".jsonl"))
      .map((file) => join(folder, name, file)),
  );
  const lines = files.flatMap((file) => readFileSync(file, "utf8").trimEnd().split("\n"));
  return lines.map((line) => (JSON.parse(line) as { eventID: string }).eventID);
}

async function accesses(to: string): Promise<number | undefined> {
  const { output, code } = await start("slo", "--json", "--cloudtrail", to).ended;
  expect(code).toBe(0);
  const { levels } = JSON.parse(output) as {
    levels: readonly { sli: string; windows?: { "30d": { good: number; bad: number } } }[];
  };
  return levels.find(({ sli }) => sli === "key_access")?.windows?.["30d"].good;
}

test("killed when events are on disk and their messages are not deleted: each counts once", async () => {
  send(12);
  const trap = emulated.gate.set({ part: "aws", operation: "DeleteMessageBatch", nth: 1, action: "hold" });
  const killed = collect("events");
  await trap.caught;
  killed.child.kill("SIGKILL");
  await killed.ended;
  expect(idsIn("events")).toHaveLength(10);
  expect(queue.all()).toHaveLength(12);
  for (const message of queue.all()) queue.makeVisibleAfter(message, 0);
  emulated.account.faults = { ...calm, throttledShare: 0.2 };
  expect(await collect("events").ended).toEqual({
    output: "",
    errors: "unexpired: 12 events kept, 12 messages deleted\n",
    code: 0,
  });
  emulated.account.faults = calm;
  trap.release();
  expect(queue.all()).toEqual([]);
  expect([idsIn("events").length, new Set(idsIn("events")).size]).toEqual([22, 12]);
  expect(await accesses("events")).toBe(12);
  expect(statSync(join(folder, "events")).mode & 0o777).toBe(0o700);
});

test("it follows until it is stopped; what is no event stays; another process is refused the folder, not the queue", async () => {
  queue.send("<html>secret</html>");
  const [poison] = queue.all();
  const following = collect("events", "--follow");
  await until(() => following.said.errors.includes("left in the queue"));
  send(3);
  await until(() => queue.all().length === 1);
  const refused = await collect("events").ended;
  expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining("has " + join(folder, "events"))]);
  const other = collect("other", "--follow");
  await until(() => other.said.errors.includes("reading"));
  send(40);
  await until(() => queue.all().length === 1);
  const stopped = [following, other].map(({ child, ended }) => {
    child.kill("SIGTERM");
    return ended;
  });
  const [first, second] = await Promise.all(stopped);
  expect([first?.code, second?.code]).toEqual([0, 0]);
  expect(first?.errors).toContain(`no events of CloudTrail, left in the queue: 1 message ${poison?.id}\n`);
  expect(first?.errors).not.toContain("secret");
  expect(new Set(idsIn("events", "other")).size).toBe(43);
  const { output } = await start("metrics", "--cloudtrail", "events").ended;
  const [, read = ""] =
    /^unexpired_key_access_queue_read_timestamp_seconds\{queue="http.*"\} (.*)$/m.exec(output) ?? [];
  expect(Date.now() / 1000 - Number(read)).toBeLessThan(600);
  expect(output).toMatch(/^unexpired_key_access_queue_messages_total\{queue="http.*",outcome="unreadable"\} 1$/m);
});

test("a queue that may not be read, and one that nobody reads any more, do not look like no anomaly", async () => {
  emulated.account.deniedActions.add("sqs:ReceiveMessage");
  const denied = await collect("events", "--follow").ended;
  emulated.account.deniedActions.delete("sqs:ReceiveMessage");
  expect(denied.code).toBe(1);
  expect(denied.errors).toMatch(/AWS denied sqs:ReceiveMessage on http[^]*hint: allow sqs:ReceiveMessage/);
  const never = await start("slo", "--cloudtrail", "events").ended;
  expect([never.code, never.errors]).toEqual([1, expect.stringContaining(`${queue.url} was never read`)]);
  const readAt = new Date(Date.now() - 2 * 3_600_000);
  await writeQueueState(join(folder, "events"), { queue: queue.url, readAt, messages: { kept: 1, unreadable: 0 } });
  const old = await start("metrics", "--cloudtrail", "events").ended;
  expect([old.code, old.errors]).toEqual([1, expect.stringContaining(`was last read at ${readAt.toISOString()}`)]);
  expect(old.output).toContain(`_read_timestamp_seconds{queue="${queue.url}"} ${readAt.getTime() / 1000}\n`);
});
