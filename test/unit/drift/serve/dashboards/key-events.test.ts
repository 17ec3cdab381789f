import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KeyEvents } from "../../../../../src/drift/serve/dashboards/key-events";
import { keyAccess } from "../../../../../src/drill/drills/key-access";
import { writeQueueState } from "../../../../../src/service-levels/key-access/queue-state";

const root = mkdtempSync(join(tmpdir(), "key-events-"));
const folder = join(root, "events");
afterAll(() => rmSync(root, { recursive: true }));

const begin = Date.parse("2026-06-01T00:00:00Z");
const after = (seconds: number) => new Date(begin + seconds * 1000);
const line = (at: Date) => `${JSON.stringify(keyAccess("renew", at))}\n`;

test("what cannot be read is said until it can; what comes counts at the next reading, and the queue at once", async () => {
  const events = new KeyEvents([folder], {});
  for (const seconds of [0, 20, 299])
    await expect(events.refresh(after(seconds))).rejects.toMatchObject({ code: "missing_file" });
  mkdirSync(folder);
  const file = join(folder, "2026-06-01.jsonl");
  writeFileSync(file, line(after(1)) + line(after(2)));
  await events.refresh(after(300));
  appendFileSync(file, line(after(3)));
  const state = { queue: "https://queue", readAt: after(310), messages: { kept: 3, unreadable: 0 } };
  await writeQueueState(folder, state);
  await events.refresh(after(320));
  const good = () => events.fold.series.counts(after(600))["1h"].good;
  expect([good(), events.queues]).toEqual([2, [state]]);
  await events.refresh(after(600));
  expect(good()).toBe(3);
});

test("a queue that does not tell how it stands is said, and its events count", async () => {
  const events = new KeyEvents([folder], {});
  writeFileSync(join(folder, "queue.state"), "{");
  await expect(events.refresh(after(900))).rejects.toMatchObject({ code: "store_unreadable" });
  expect(events.fold.series.counts(after(900))["1h"].good).toBe(3);
});
