import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAuditFile, type AuditEntry } from "../../../src/proxy/audit";

const entry: AuditEntry = { event: "decision", requestId: "1", client: "c", token: "t", remoteAddress: "::1" };
const clock = { now: () => new Date("2026-01-02T03:04:05Z") };
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "audit-"))));
afterEach(() => rmSync(folder, { recursive: true }));

test("entries are appended whole and in order, over restarts, for the owner's eyes only", async () => {
  const file = join(folder, "audit.jsonl");
  for (const round of ["a", "b"]) {
    const audit = await openAuditFile(file, clock);
    await Promise.all(["1", "2", "3"].map((id) => audit.write({ ...entry, requestId: round + id })));
    await audit.close();
  }
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as AuditEntry).requestId)).toEqual(["a1", "a2", "a3", "b1", "b2", "b3"]);
  expect(JSON.parse(lines[0] ?? "")).toEqual({ time: "2026-01-02T03:04:05.000Z", ...entry, requestId: "a1" });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a file that cannot be opened, and one that cannot be written", async () => {
  await expect(openAuditFile(join(folder, "no", "audit.jsonl"))).rejects.toMatchObject({ code: "store_unwritable" });
  const audit = await openAuditFile(join(folder, "audit.jsonl"));
  await audit.close();
  await expect(audit.write(entry)).rejects.toMatchObject({ code: "store_unwritable" });
});
