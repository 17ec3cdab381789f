import { mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockFile } from "../../../src/platform/file-lock";

const folder = mkdtempSync(join(tmpdir(), "lock-"));
const path = join(folder, "file");

afterAll(() => rmSync(folder, { recursive: true }));

test("one holder at a time, until its file is closed", async () => {
  const [first, second] = [await open(path, "a+"), await open(path, "a+")];
  await lockFile(first.fd, path);
  await lockFile(first.fd, path);
  await expect(lockFile(second.fd, path)).rejects.toMatchObject({ code: "locked" });
  await first.close();
  await lockFile(second.fd, path);
  await second.close();
});

test.each([
  ["is missing", "no-such-flock"],
  ["fails in a way of its own", "/bin/sh"],
])("a program that %s", async (_, program) => {
  const file = await open(path, "a+");
  await expect(lockFile(file.fd, path, program)).rejects.toMatchObject({ code: "missing_part" });
  await file.close();
});
