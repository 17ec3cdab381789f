import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readLines } from "../../../../src/platform/hash-chain/read-lines";

const folder = mkdtempSync(join(tmpdir(), "lines-"));
const file = join(folder, "lines");
afterAll(() => rmSync(folder, { recursive: true }));

async function linesOf(text: string): Promise<string[]> {
  writeFileSync(file, text);
  const lines: string[] = [];
  await readLines(file, ({ octets, isTerminated }) => {
    lines.push(octets.toString("latin1") + (isTerminated ? "\n" : ""));
    return undefined;
  });
  return lines;
}

/** Around the size of what is read at once. */
const lengths = [0, 1, 3_000, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 700_000, 5];

test.each([
  ["with a line feed at the end", "\n"],
  ["without one", ""],
])("lines of all lengths, %s", async (_, end) => {
  const lines = lengths.map((length, index) => String.fromCharCode(97 + index).repeat(length));
  const text = lines.join("\n") + end;
  const read = await linesOf(text);
  expect(read.length).toBe(lines.length);
  expect(read.join("") === text).toBe(true);
});

test("many lines, none of which ends where a read does", async () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `${index} ${"x".repeat(index % 97)}\n`);
  const read = await linesOf(lines.join(""));
  expect(read.length).toBe(lines.length);
  expect(read.every((line, index) => line === lines[index])).toBe(true);
});

test("it ends with what is taken", async () => {
  writeFileSync(file, "a\nb\nc\n");
  expect(await readLines(file, ({ octets }) => (octets.toString() === "b" ? "found" : undefined))).toBe("found");
  expect(await linesOf("")).toEqual([]);
  await expect(readLines(folder, () => undefined)).rejects.toMatchObject({ code: "missing_file" });
});
