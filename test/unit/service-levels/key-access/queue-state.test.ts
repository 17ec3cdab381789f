import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  notRead,
  ownQueueState,
  readQueueStates,
  writeQueueState,
} from "../../../../src/service-levels/key-access/queue-state";

const folder = mkdtempSync(join(tmpdir(), "queue-state-"));
afterAll(() => rmSync(folder, { recursive: true }));

const state = {
  queue: "https://queue",
  readAt: new Date("2026-06-01T10:00:00Z"),
  messages: { kept: 3, unreadable: 1 },
};

test("files, standard input, and folders that no queue is read into have none", async () => {
  writeFileSync(join(folder, "events.json"), "[]");
  expect(await readQueueStates([folder, "-", join(folder, "events.json"), join(folder, "none")])).toEqual([]);
});

test("what was written is read, by its owner alone", async () => {
  await writeQueueState(folder, state);
  expect(await readQueueStates([folder])).toEqual([state]);
  expect(statSync(join(folder, "queue.state")).mode & 0o777).toBe(0o600);
  const { readAt: _, ...never } = state;
  await writeQueueState(folder, never);
  expect(await readQueueStates([folder])).toEqual([never]);
});

test("a folder is of one queue", async () => {
  await writeQueueState(folder, state);
  expect(await ownQueueState(folder, "https://queue")).toEqual(state);
  expect(await ownQueueState(join(folder, "none"), "https://queue")).toBeUndefined();
  await expect(ownQueueState(folder, "https://other")).rejects.toMatchObject({
    code: "invalid_argument",
    message: `${folder} has the events of https://queue`,
  });
});

test("what is something else is told", async () => {
  for (const text of ["", "{}", '{"version":2}']) {
    writeFileSync(join(folder, "queue.state"), text);
    await expect(readQueueStates([folder])).rejects.toMatchObject({ code: "store_unreadable" });
  }
});

test.each([
  ["an hour ago", "2026-06-01T11:00:00Z", undefined],
  ["more than an hour ago", "2026-06-01T11:00:01Z", /^https:\/\/queue was last read at 2026-06-01T10:00:00.000Z/],
])("a queue that was read %s", (_, now, told) => {
  const error = notRead(state, new Date(now));
  if (told === undefined) expect(error).toBeUndefined();
  else expect(error).toMatchObject({ code: "queue_not_read", message: expect.stringMatching(told) as string });
});

test("a queue that was never read", () => {
  expect(notRead({ ...state, readAt: undefined }, new Date())?.message).toMatch(/^https:\/\/queue was never read/);
});
