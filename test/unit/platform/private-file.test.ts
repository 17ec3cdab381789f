import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPrivateFile, readPrivateFile, writePrivateFile } from "../../../src/platform/private-file";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "private-file-"))));
afterEach(() => rmSync(folder, { recursive: true }));

test("only the owner may read what is written, and nothing else is left behind", async () => {
  const path = join(folder, "deeper", "secret");
  await writePrivateFile(path, "one");
  await writePrivateFile(path, "two");
  await expect(readPrivateFile(path)).resolves.toBe("two");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "deeper")).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(folder, "deeper"))).toEqual(["secret"]);
});

test("of many that create one file, one wins and all read its text", async () => {
  const path = join(folder, "account");
  const created = await Promise.all(Array.from({ length: 20 }, (_, i) => createPrivateFile(path, `text ${i}`)));
  expect(created.filter(Boolean)).toHaveLength(1);
  await expect(readPrivateFile(path)).resolves.toBe(`text ${created.indexOf(true)}`);
  expect(readdirSync(folder)).toEqual(["account"]);
});

test("a file that is not there is undefined; one that cannot be read or written is an error", async () => {
  await expect(readPrivateFile(join(folder, "none"))).resolves.toBeUndefined();
  await expect(readPrivateFile(folder)).rejects.toMatchObject({ code: "store_unreadable" });
  writeFileSync(join(folder, "file"), "");
  chmodSync(join(folder, "file"), 0o600);
  await expect(writePrivateFile(join(folder, "file", "below"), "x")).rejects.toMatchObject({
    code: "store_unwritable",
  });
});
