import { mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyChain } from "../../../src/platform/hash-chain/verify-chain";
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
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ time: "2026-01-02T03:04:05.000Z", ...entry, requestId: "a1" });
  expect(await verifyChain({ files: [file] })).toMatchObject({ ok: true, entries: 6 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a file that cannot be opened, and one that cannot be written", async () => {
  await expect(openAuditFile(join(folder, "no", "audit.jsonl"))).rejects.toMatchObject({ code: "store_unwritable" });
  const audit = await openAuditFile(join(folder, "audit.jsonl"));
  await audit.close();
  await expect(audit.write(entry)).rejects.toMatchObject({ code: "store_unwritable" });
});

test("what follows a move goes to a new file; the head goes on", async () => {
  const file = join(folder, "audit.jsonl");
  const audit = await openAuditFile(file, clock);
  await audit.write(entry);
  renameSync(file, `${file}.1`);
  await audit.reopen();
  await audit.write(entry);
  expect(audit.head().seq).toBe(2);
  await audit.close();
  const files = [`${file}.1`, file];
  expect(files.map((each) => readFileSync(each, "utf8").split("\n").length)).toEqual([2, 2]);
  expect(await verifyChain({ files })).toMatchObject({ ok: true, last: audit.head() });
});
