import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { readCloudTrail, type KnownFiles } from "../../../../src/service-levels/key-access/read-cloud-trail";
import { readKeyAccessRules } from "../../../../src/service-levels/key-access/read-rules";

const folder = mkdtempSync(join(tmpdir(), "cloudtrail-"));
afterAll(() => rmSync(folder, { recursive: true }));

const event = (eventID: string) => ({
  ...{ eventID, eventTime: "2026-06-01T09:30:00Z", eventSource: "kms.amazonaws.com", eventName: "Decrypt" },
});

async function idsIn(path: string, input = "", known?: KnownFiles): Promise<string[]> {
  const ids: string[] = [];
  const options = { input: Readable.from([Buffer.from(input)]), known };
  for await (const { eventID } of readCloudTrail(path, options)) ids.push(eventID);
  return ids;
}

test("a folder as CloudTrail fills it: compressed files of all days, and no others", async () => {
  const days = ["2026/06/01", "2026/06/02"].map((day) => join(folder, "AWSLogs/1/CloudTrail/eu-west-1", day));
  days.forEach((day, index) => {
    mkdirSync(day, { recursive: true });
    const text = JSON.stringify({ Records: [event(`e-${index}`)] });
    writeFileSync(join(day, "1_CloudTrail_eu-west-1_x.json.gz"), gzipSync(text));
    writeFileSync(join(day, "notes.txt"), "no JSON");
  });
  expect(await idsIn(folder)).toEqual(["e-0", "e-1"]);
});

test("lines on standard input, as a queue gives them", async () => {
  expect(await idsIn("-", `${JSON.stringify({ detail: event("e-1") })}\n${JSON.stringify(event("e-2"))}\n`)).toEqual([
    ...["e-1", "e-2"],
  ]);
  expect(await idsIn("-")).toEqual([]);
});

test("a file that is not there, and one that is something else", async () => {
  await expect(idsIn(join(folder, "none.json"))).rejects.toMatchObject({ code: "missing_file" });
  writeFileSync(join(folder, "x.json"), "<html>");
  await expect(idsIn(join(folder, "x.json"))).rejects.toMatchObject({ code: "invalid_argument" });
});

test("files that are as they were are not read again", async () => {
  const place = join(folder, "grows");
  mkdirSync(place);
  const known: KnownFiles = new Map();
  const line = (eventID: string) => `${JSON.stringify(event(eventID))}\n`;
  writeFileSync(join(place, "2026-06-01.jsonl"), line("e-1"));
  writeFileSync(join(place, "2026-06-02.json"), line("e-2"));
  expect(await idsIn(place, "", known)).toEqual(["e-1", "e-2"]);
  expect(await idsIn(place, "", known)).toEqual([]);
  appendFileSync(join(place, "2026-06-01.jsonl"), line("e-3"));
  expect(await idsIn(place, "", known)).toEqual(["e-1", "e-3"]);
});

test("a line that somebody is writing is left for the next time; one that is none is not", async () => {
  const file = join(folder, "written.jsonl");
  writeFileSync(file, `${JSON.stringify(event("e-1"))}\n\n${JSON.stringify(event("e-2")).slice(0, 30)}`);
  expect(await idsIn(file)).toEqual(["e-1"]);
  appendFileSync(file, "\n");
  await expect(idsIn(file)).rejects.toMatchObject({ code: "invalid_argument" });
  appendFileSync(file, `${JSON.stringify(event("e-3"))}`);
  await expect(idsIn(file)).rejects.toMatchObject({ code: "invalid_argument" });
  writeFileSync(file, "<html>");
  await expect(idsIn(file)).rejects.toMatchObject({ code: "invalid_argument" });
  await expect(idsIn(join(folder, "none.jsonl"))).rejects.toMatchObject({ code: "missing_file" });
});

test("rules of a file, and a mistake with its place", () => {
  const file = join(folder, "keys.yaml");
  writeFileSync(file, 'principals: ["arn:aws:iam::1:role/renew"]\nhours: { from: "06:00", to: "20:00" }\n');
  expect(readKeyAccessRules(file)).toEqual({
    principals: ["arn:aws:iam::1:role/renew"],
    hours: { from: "06:00", to: "20:00" },
  });
  writeFileSync(file, 'hours: { from: "6", to: "20:00" }\nprincipal: []\n');
  expect(() => readKeyAccessRules(file)).toThrow(
    /keys.yaml:1:[^]*06:30[^]*keys.yaml:2:1: unknown key "principal"[^]*principals/,
  );
});
