import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isNewToday } from "../../../src/platform/once-a-day";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "once-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (text: string) => new Date(text);

test("once on a day, each thing; the day before is forgotten", async () => {
  expect(await isNewToday(folder, "a", at("2026-11-24T00:00Z"))).toBe(true);
  expect(await isNewToday(folder, "a", at("2026-11-24T23:59Z"))).toBe(false);
  expect(await isNewToday(folder, "b", at("2026-11-24T23:59Z"))).toBe(true);
  expect(await isNewToday(folder, "a", at("2026-11-25T00:00Z"))).toBe(true);
  expect(readdirSync(folder)).toEqual(["2026-11-25"]);
});

test("where nothing can be written everything is new", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  expect(await isNewToday(join(file, "below"), "a", at("2026-11-24"))).toBe(true);
  expect(await isNewToday(join(file, "below"), "a", at("2026-11-24"))).toBe(true);
});
