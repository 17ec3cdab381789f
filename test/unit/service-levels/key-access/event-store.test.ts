import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventStore } from "../../../../src/service-levels/key-access/event-store";
import { Disk } from "../../../support/disk";

let work: string;
let folder: string;
let now: Date;
const clock = { now: () => now };

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "event-store-"));
  folder = join(work, "deep", "events");
  now = new Date("2026-06-01T23:59:00Z");
});
afterEach(() => rmSync(work, { recursive: true }));

const text = (day: string) => readFileSync(join(folder, `${day}.jsonl`), "utf8");
const full = { code: "store_unwritable", message: expect.stringContaining("no space left") as string };

test("a file for each day, for its owner alone", async () => {
  const store = await EventStore.open(folder, { clock });
  await store.append(["1", "2"]);
  now = new Date("2026-06-02T00:00:00Z");
  await store.append(["3"]);
  await store.close();
  expect([text("2026-06-01"), text("2026-06-02")]).toEqual(["1\n2\n", "3\n"]);
  const modes = [".", ...readdirSync(folder)].map((name) => statSync(join(folder, name)).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600, 0o600, 0o600]);
});

test.each([true, false])(
  "a disk that is full takes nothing by halves; can take it back at once: %s",
  async (canTruncate) => {
    const disk = Object.assign(new Disk(), { step: 7 });
    const store = await EventStore.open(folder, { clock, openFile: disk.openFile });
    await store.append(["first"]);
    for (const room of [0, 3, 12]) {
      Object.assign(disk, { room, canTruncate });
      await expect(store.append(["second event", "third"])).rejects.toMatchObject(full);
      disk.room = Infinity;
      if (!canTruncate && room > 0) await expect(store.append(["not behind a half"])).rejects.toThrow(/ftruncate/);
      disk.canTruncate = true;
      await store.append([`after ${room}`]);
    }
    await store.close();
    expect(text("2026-06-01")).toBe("first\nafter 0\nafter 3\nafter 12\n");
  },
);

test.each([
  ["half a line", '{"whole":1}\n', '{"half'],
  ["half of the first line", "", '{"half'],
  ["half a line that is longer than what is read at once", '{"whole":1}\n', "x".repeat(100_000)],
])("%s that a killed process left goes before the next is written", async (_, whole, half) => {
  await (await EventStore.open(folder, { clock })).close();
  writeFileSync(join(folder, "2026-06-01.jsonl"), whole);
  appendFileSync(join(folder, "2026-06-01.jsonl"), half);
  const store = await EventStore.open(folder, { clock });
  await store.append(["next"]);
  await store.close();
  expect(text("2026-06-01")).toBe(`${whole}next\n`);
});

test("one process at a time, and a folder that cannot be made", async () => {
  const store = await EventStore.open(folder, { clock });
  await expect(EventStore.open(folder, { clock })).rejects.toMatchObject({ code: "locked" });
  await store.close();
  await (await EventStore.open(folder, { clock })).close();
  writeFileSync(join(work, "file"), "");
  await expect(EventStore.open(join(work, "file"), { clock })).rejects.toMatchObject({ code: "store_unwritable" });
});
