import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RevocationJournal, type BegunRevocation } from "../../../src/issuance/revocation-journal";

let folder: string;
let journal: RevocationJournal;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "revocations-"));
  journal = new RevocationJournal(join(folder, "new"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const begun = (name: string, begunAt = "2026-11-22T10:00:00.000Z"): BegunRevocation => ({
  arn: `arn:aws:acm:eu-west-1:111111111111:certificate/${name}`,
  reason: "keyCompromise",
  begunAt,
  leaf: `leaf of ${name}`,
  chain: "",
});

test("what was begun is kept until it is ended, the oldest first", async () => {
  expect(await journal.list()).toEqual([]);
  await journal.begin(begun("late", "2026-11-22T11:00:00.000Z"));
  await journal.begin(begun("early"));
  await journal.begin(begun("early"));
  expect(await new RevocationJournal(join(folder, "new")).list()).toEqual([
    begun("early"),
    begun("late", "2026-11-22T11:00:00.000Z"),
  ]);
  await journal.end(begun("early"));
  await journal.end(begun("early"));
  expect((await journal.list()).map(({ leaf }) => leaf)).toEqual(["leaf of late"]);
});

test("the same certificate under two ARNs is two entries", async () => {
  await journal.begin(begun("one"));
  await journal.begin({ ...begun("two"), leaf: begun("one").leaf });
  await journal.end(begun("one"));
  expect((await journal.list()).map(({ arn }) => arn)).toEqual([begun("two").arn]);
});

test("files are the owner's alone, and what is no entry is left alone", async () => {
  await journal.begin(begun("one"));
  const [file = ""] = readdirSync(join(folder, "new"));
  expect(statSync(join(folder, "new", file)).mode & 0o777).toBe(0o600);
  writeFileSync(join(folder, "new", "broken.json"), "{");
  writeFileSync(join(folder, "new", "strange.json"), '{"version":2}');
  expect(await journal.list()).toHaveLength(1);
});
