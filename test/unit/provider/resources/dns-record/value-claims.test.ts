import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ValueClaims } from "../../../../../src/provider/resources/dns-record/value-claims";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "claims-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const set = { zone: "example.gov", name: "a.example.gov", type: "TXT" };
const claims = (hoursLater = 0) =>
  new ValueClaims(join(folder, "claims"), { now: () => new Date(Date.now() + hoursLater * 3600_000) });

test("what was claimed is known to the next run, of the same set alone", async () => {
  await claims().claim(set, ["one", "two"]);
  await expect(claims().claimed(set, ["two", "three"])).resolves.toEqual(["two"]);
  await expect(claims().claimed({ ...set, name: "b.example.gov" }, ["one"])).resolves.toEqual([]);
});

test("what is settled, or older than a day, is nobody's claim", async () => {
  await claims().claim(set, ["one"]);
  await expect(claims(25).claimed(set, ["one"])).resolves.toEqual([]);
  await claims().settle(set, ["one", "never claimed"]);
  expect(readdirSync(join(folder, "claims"))).toEqual([]);
});
