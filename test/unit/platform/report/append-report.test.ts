import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appendReport } from "../../../../src/platform/report/append-report";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "append-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("what others wrote stays in front", async () => {
  const file = join(folder, "summary.md");
  await appendReport(file, "one\n");
  await appendReport(file, "two\n");
  expect(readFileSync(file, "utf8")).toBe("one\ntwo\n");
});

test("a file that cannot be written is named", async () => {
  const file = join(folder, "none", "summary.md");
  await expect(appendReport(file, "one\n")).rejects.toMatchObject({
    code: "store_unwritable",
    message: expect.stringMatching(/^cannot write .*none.summary\.md: .*ENOENT/) as string,
  });
});
