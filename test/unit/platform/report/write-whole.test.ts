import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWhole } from "../../../../src/platform/report/write-whole";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "whole-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("what was there is replaced, and nothing is left beside it", async () => {
  const file = join(folder, "report.xml");
  await writeWhole(file, "one");
  await writeWhole(file, "two");
  expect([readFileSync(file, "utf8"), readdirSync(folder)]).toEqual(["two", ["report.xml"]]);
});

test("a file that cannot be written is named, and not the one that it would have been renamed from", async () => {
  const file = join(folder, "none", "report.xml");
  const error = await writeWhole(file, "one").catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "store_unwritable", message: expect.stringContaining("ENOENT") as string });
  expect((error as Error).message).toMatch(/^cannot write .*none.report\.xml: .*open '[^']*none.report\.xml'$/);
});
